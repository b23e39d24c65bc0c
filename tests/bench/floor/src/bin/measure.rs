//! `measure RUNS PROGRAM ARGS...`: runs a program again and again, its output thrown away, and
//! prints for each run its CPU and wall time in microseconds, then the peak of memory of all in KiB.
//!
//! It is small itself: a child is born with the memory of its parent, and counts it.

use std::{
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeVal,
};

fn micros(time: TimeVal) -> i64 {
    time.tv_sec() * 1_000_000 + time.tv_usec()
}

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let runs: u32 = args.next().and_then(|text| text.to_str()?.parse().ok()).expect("RUNS");
    let program = args.next().expect("PROGRAM");
    let args: Vec<_> = args.collect();
    let spent = || {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("usage");
        (micros(usage.user_time()) + micros(usage.system_time()), usage.max_rss())
    };
    for _ in 0..runs {
        let (before, start) = (spent().0, Instant::now());
        let status = Command::new(&program).args(&args).stdin(Stdio::null()).stdout(Stdio::null()).status();
        let wall = start.elapsed().as_micros();
        if !status.is_ok_and(|status| status.success()) {
            eprintln!("{} fails", program.to_string_lossy());
            return ExitCode::FAILURE;
        }
        println!("{} {wall}", spent().0 - before);
    }
    println!("{}", spent().1);
    ExitCode::SUCCESS
}
