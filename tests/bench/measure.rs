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

    /// Runs `command` `runs` times, after once for the caches.
    pub(crate) fn measure(&self, runs: usize, command: &Command) -> Cost {
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
        let memory: f64 = lines.pop().unwrap().parse().unwrap();
        let times = |place: usize| {
            let field = |line: &&str| line.split(' ').nth(place).unwrap().parse::<f64>().unwrap();
            let mut all: Vec<f64> = lines.iter().skip(1).map(field).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2] / 1_000.0
        };
        Cost { cpu: times(0), wall: times(1), memory: memory / 1_024.0 }
    }
}
