//! Argv in, exit code out.

fn main() -> std::process::ExitCode {
    ankra::run(std::env::args_os())
}
