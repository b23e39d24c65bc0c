//! The least that a process can do.

fn main() {
    println!("hello");
}
