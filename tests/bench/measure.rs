//! Runs whole processes and tells what they cost.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The programs of `floor/`, built.
pub(crate) struct Floors(PathBuf);

/// What one process costs: the medians of CPU and wall time, in milliseconds, and the peak of memory
/// of all runs, in MiB.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) cpu: f64,
    pub(crate) wall: f64,
    pub(crate) memory: f64,
}

impl Floors {
    pub(crate) fn build() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let target = root.join("target/floor");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let status = Command::new(cargo)
            .args(["build", "--quiet", "--locked", "--release", "--manifest-path"])
            .arg(root.join("tests/bench/floor/Cargo.toml"))
            .arg("--target-dir")
            .arg(&target)
            .status()
            .unwrap();
        assert!(status.success(), "the floor cannot be built");
        Self(target.join("release"))
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Runs each of `commands` `runs` times, in turn and a few at a time: what else the machine does
    /// in the meantime falls on all of them alike.
    pub(crate) fn measure<const N: usize>(&self, runs: usize, commands: [&Command; N]) -> [Cost; N] {
        let mut all = [const { Runs::new() }; N];
        for _ in 0..runs.div_ceil(TURN) {
            for (runs_of_it, command) in all.iter_mut().zip(commands) {
                self.run(TURN, command, runs_of_it);
            }
        }
        all.map(Runs::cost)
    }

    /// Runs `command` `runs` times, after once for the caches.
    fn run(&self, runs: usize, command: &Command, into: &mut Runs) {
        let mut measure = Command::new(self.program("measure"));
        measure.env_clear().arg((runs + 1).to_string()).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                measure.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            measure.current_dir(folder);
        }
        let output = measure.output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
        let mut lines: Vec<&str> = said.lines().collect();
        into.memory = into.memory.max(lines.pop().unwrap().parse().unwrap());
        for line in lines.iter().skip(1) {
            let (cpu, wall) = line.split_once(' ').unwrap();
            into.cpu.push(cpu.parse().unwrap());
            into.wall.push(wall.parse().unwrap());
        }
    }
}

/// How often a command runs in its turn.
const TURN: usize = 5;

/// What the runs of one program took: microseconds and KiB.
struct Runs {
    cpu: Vec<f64>,
    wall: Vec<f64>,
    memory: f64,
}

impl Runs {
    const fn new() -> Self {
        Self { cpu: Vec::new(), wall: Vec::new(), memory: 0.0 }
    }

    fn cost(self) -> Cost {
        let median = |mut all: Vec<f64>| {
            all.sort_by(f64::total_cmp);
            all[all.len() / 2] / 1_000.0
        };
        Cost { cpu: median(self.cpu), wall: median(self.wall), memory: self.memory / 1_024.0 }
    }
}
