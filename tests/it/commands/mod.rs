//! One module for each noun of `src/commands/`.

mod hetzner;
