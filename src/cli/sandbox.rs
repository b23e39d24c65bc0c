//! `ankra sandbox`

use std::net::SocketAddr;

use clap::{Args, Subcommand, ValueEnum};

/// The platform inside this program.
#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Serve the sandbox on loopback, to scripts and other clients
    Serve(SandboxServeArgs),
    /// Forget everything in the sandbox
    Reset(SandboxResetArgs),
    /// Print the exports that point another client at the sandbox
    #[command(after_help = "Examples:
  eval \"$(ankra sandbox env)\"")]
    Env(SandboxEnvArgs),
}

/// `ankra sandbox serve`
#[derive(Debug, Args)]
pub struct SandboxServeArgs {
    /// Where to listen; loopback only. Port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:7410", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,
}

/// `ankra sandbox reset`
#[derive(Debug, Args)]
pub struct SandboxResetArgs {
    /// Do not ask
    #[arg(short, long)]
    pub yes: bool,
}

/// `ankra sandbox env`
#[derive(Debug, Args)]
pub struct SandboxEnvArgs {
    /// Whose token to print
    #[arg(long, value_enum, default_value_t)]
    pub role: Role,
}

/// The tokens that come ready made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// May do everything, in both organisations
    #[default]
    Admin,
    /// May read, in the organisation demo
    Viewer,
}
