//! The least that a process with a command line can do.

use clap::{Arg, Command};

fn main() {
    let matches = Command::new("hello").version("0.0.0").arg(Arg::new("name").long("name")).get_matches();
    println!("hello {}", matches.get_one::<String>("name").map_or("", String::as_str));
}
