//! `ankra sandbox`

use std::net::SocketAddr;

use clap::{Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum SandboxCommand {
    /// Serve the sandbox on loopback, to scripts and other clients
    ///
    /// Prints its address, the code for signing in with a browser, then one line for each access, until
    /// it is interrupted.
    #[command(after_help = "Examples:
  ankra sandbox serve
  ankra sandbox serve --listen 127.0.0.1:0
  ankra sandbox serve --second-factor")]
    Serve {
        /// Listen here, on loopback only; port 0 takes any free one
        #[arg(long, default_value = "127.0.0.1:7410", value_name = "ADDRESS:PORT", value_parser = address)]
        listen: SocketAddr,
        /// Ask for a second code, printed as well, when somebody signs in with a browser
        #[arg(long)]
        second_factor: bool,
    },
    /// Forget everything in the sandbox
    ///
    /// Its credentials, tokens and log are gone for good; the next command starts it anew.
    #[command(after_help = "Examples:
  ankra sandbox reset --yes")]
    Reset {
        /// Forget without asking
        #[arg(short, long)]
        yes: bool,
    },
    /// Print the exports that point another client at the sandbox
    ///
    /// Sets ANKRA_BASE_URL and ANKRA_API_TOKEN for the shell that evaluates them. The sandbox has to
    /// be served meanwhile: see ankra sandbox serve.
    #[command(after_help = "Examples:
  eval \"$(ankra sandbox env)\"
  ankra sandbox env --role viewer")]
    Env {
        /// Print the token of this role
        #[arg(long, value_enum, ignore_case = true, default_value_t)]
        role: Role,
    },
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

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "it takes an IP address and a port, such as 127.0.0.1:7410")
}
