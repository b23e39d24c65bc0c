//! Which files need each other, and the circles among them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::paths::Paths;

/// The files, each by the path of its module; for each file that it needs, a path that it names.
#[derive(Default)]
pub(super) struct Graph(BTreeMap<String, BTreeMap<String, String>>);

impl Graph {
    /// Reads who needs whom. A file needs the files in which what it names is defined, whoever hands it
    /// on; `mod` and `pub use` alone make a file need nothing.
    pub(super) fn of(files: &BTreeMap<String, Paths>) -> Self {
        let mut graph = Self::default();
        for (module, paths) in files {
            let only_handed_on: BTreeSet<&String> = paths
                .handed_on
                .iter()
                .filter(|(local, _)| !paths.words.contains(*local))
                .map(|(_, path)| path)
                .collect();
            let named =
                paths.named.iter().map(|(_, path)| path).filter(|path| !only_handed_on.contains(path));
            let needed = named.filter_map(|path| Some((home(files, path)?, path.clone())));
            graph.0.insert(module.clone(), needed.filter(|(other, _)| other != module).collect());
        }
        graph
    }

    /// The shortest circle through each file that stands in one, each circle once.
    pub(super) fn circles(&self) -> BTreeSet<String> {
        let circles = self.0.keys().filter_map(|start| {
            let mut circle = self.way_back(start)?;
            let least = circle.iter().enumerate().min_by_key(|(_, file)| *file)?.0;
            circle.rotate_left(least);
            let needs = circle.iter().zip(circle.iter().cycle().skip(1));
            let needs = needs.map(|(file, next)| format!("{file} needs {}", self.0[*file][*next]));
            Some(needs.collect::<Vec<_>>().join(", "))
        });
        circles.collect()
    }

    /// The files on the shortest way from `start` back to it.
    fn way_back<'a>(&'a self, start: &'a String) -> Option<Vec<&'a String>> {
        let mut before: BTreeMap<&String, &String> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(file) = waiting.pop_front() {
            for next in self.0[file].keys() {
                if next == start {
                    let way = std::iter::successors(Some(file), |file| before.get(file).copied());
                    let mut circle: Vec<&String> = way.collect();
                    circle.reverse();
                    return Some(circle);
                }
                if !before.contains_key(next) {
                    before.insert(next, file);
                    waiting.push_back(next);
                }
            }
        }
        None
    }
}

/// The module of the file that defines what `path` names, if it is one of ours.
fn home(files: &BTreeMap<String, Paths>, path: &str) -> Option<String> {
    let mut parts: Vec<String> = path.split("::").map(str::to_owned).collect();
    // More steps than any name is handed on; a name that is handed on in a ring does not compile.
    for _ in 0..10 {
        let module =
            (1..=parts.len()).rev().find(|length| files.contains_key(&parts[..*length].join("::")))?;
        let here = parts[..module].join("::");
        let import = parts.get(module).and_then(|item| files[&here].local.get(item));
        let Some(import) = import.filter(|import| import[..] != parts[..=module]) else { return Some(here) };
        parts.splice(..=module, import.iter().cloned());
    }
    None
}
