//! What must hold, by the figures of one run on one machine.

use crate::measure::Cost;

/// The official client's CPU time in milliseconds and memory in MiB for a list of 20,000, by format.
/// Measured where the README's table was; the bars are fractions of them.
const OFFICIAL: [(&str, f64, f64); 2] = [("table", 620.0, 68.0), ("json", 570.0, 81.0)];

/// How much more than in proportion a list five times as long may take.
const LINEAR: f64 = 1.25;

/// How much longer a long list may take as JSON than curl, which only fetches it. Machines differ in what
/// the sandbox's own part of that time is: from 1.9 to 2.2 were measured.
const TO_CURL: f64 = 2.5;

/// The bars met and missed so far.
#[derive(Debug, Default)]
pub(crate) struct Bars {
    lines: Vec<String>,
    missed: usize,
    /// What it takes to start, in milliseconds of wall time.
    start: f64,
    /// CPU time and memory of the lists of 20,000, by format.
    lists: Vec<(String, Cost)>,
}

impl Bars {
    fn at_most(&mut self, what: &str, figure: f64, most: f64) {
        let verdict = if figure <= most { "ok" } else { "MISSED" };
        self.missed += usize::from(figure > most);
        self.lines.push(format!("{verdict:<6} {what}: {figure:.2}, at most {most:.2}"));
    }

    /// A command that only prints. The least of them is what it takes to start.
    pub(crate) fn start(&mut self, line: &str, floor_name: &str, (cost, floor): (Cost, Cost)) {
        if line == "--version" {
            self.at_most(&format!("to start, CPU to that of {floor_name}"), cost.cpu / floor.cpu, 1.5);
            self.start = cost.wall;
        }
        self.at_most(&format!("`{line}`, CPU in ms"), cost.cpu, 2.5);
    }

    /// A new key where there is no disk to wait for, against ssh-keygen's.
    pub(crate) fn key(&mut self, (cost, floor): (Cost, Cost)) {
        self.at_most("a new key in memory, CPU to that of ssh-keygen", cost.cpu / floor.cpu, 1.0);
        self.at_most("a new key in memory, wall time to that of ssh-keygen", cost.wall / floor.wall, 1.0);
    }

    /// A list of `count`, against curl's fetching it.
    pub(crate) fn list(&mut self, format: &str, count: usize, (cost, floor): (Cost, Cost)) {
        if count == 20_000 {
            if let Some((_, cpu, memory)) = OFFICIAL.iter().find(|(name, ..)| *name == format) {
                self.at_most(&format!("{format} of 20,000, CPU in ms"), cost.cpu, cpu / 6.0);
                self.at_most(&format!("{format} of 20,000, memory in MiB"), cost.memory, memory / 3.0);
            }
            if format == "json" {
                let most = TO_CURL * floor.wall + self.start;
                let what = format!("json of 20,000, wall time in ms to {TO_CURL} times curl's and a start");
                self.at_most(&what, cost.wall, most);
            }
            self.lists.push((format.to_owned(), cost));
        }
        if count == 100_000
            && let Some((_, shorter)) = self.lists.iter().find(|(name, _)| name == format).cloned()
        {
            let most = 5.0 * LINEAR;
            self.at_most(
                &format!("{format} of 100,000, CPU to that of 20,000"),
                cost.cpu / shorter.cpu,
                most,
            );
            let memory = cost.memory / shorter.memory;
            self.at_most(&format!("{format} of 100,000, memory to that of 20,000"), memory, most);
        }
    }

    /// Prints all bars: how many are missed.
    pub(crate) fn tell(&self) -> usize {
        println!("\nThe bars:");
        for line in &self.lines {
            println!("{line}");
        }
        if self.missed > 0 {
            println!("\nMissed: {}. Times are only fair on a machine with little else to do.", self.missed);
        }
        self.missed
    }
}
