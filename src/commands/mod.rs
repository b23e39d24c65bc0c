//! What each command does: one file per noun. They get a [`Context`] and plain values.

mod ask;
mod at_once;
mod audit;
mod cache;
mod complete;
mod completion;
mod context;
mod credentials;
mod delete;
mod expiries;
mod import;
mod invocation;
mod listing;
mod login;
mod logout;
mod name;
mod org;
mod place;
mod profile;
mod progress;
mod provider;
mod records;
mod registry;
#[cfg(feature = "sandbox")]
mod sandbox;
mod secrets;
mod show;
mod ssh_key;
mod status;
mod steps;
mod token;
mod usage;
mod waiting;

pub use complete::complete;
pub use completion::run as completion;
pub use context::Context;
pub use invocation::Invocation;

use crate::{
    cli::{Command, CredentialsCommand},
    error::Result,
};

/// Runs one command.
pub async fn run(context: &mut Context, command: Command) -> Result<()> {
    dispatch(context, command).await?;
    if let Some(line) = context.invocation.again() {
        context.output.note(&format!("To do the same without questions: {line}"));
    }
    Ok(())
}

async fn dispatch(context: &mut Context, command: Command) -> Result<()> {
    match command {
        Command::Credentials(command) => credentials_command(context, command.0).await,
        Command::Login(args) => login::login(context, args).await,
        Command::Logout(args) => logout::logout(context, &args).await,
        Command::Status => status::status(context).await,
        Command::Org(command) => org::run(context, command.0).await,
        Command::Profile(command) => profile::run(context, command.0).await,
        Command::Token(command) => token::run(context, command.0).await,
        Command::Completion(args) => completion(&context.output, &context.terminal, args),
        #[cfg(feature = "sandbox")]
        Command::Sandbox(command) => sandbox::run(context, command.0).await,
        #[cfg(not(feature = "sandbox"))]
        Command::Sandbox(_) => Err(context::no_sandbox()),
    }
}

async fn credentials_command(context: &mut Context, command: CredentialsCommand) -> Result<()> {
    match command {
        CredentialsCommand::List { provider, options } => {
            credentials::list(context, provider, &options).await
        }
        CredentialsCommand::Audit(args) => audit::run(context, args).await,
        CredentialsCommand::Get { names } => credentials::get(context, names).await,
        CredentialsCommand::Validate { name } => credentials::validate(context, name).await,
        CredentialsCommand::Delete { names, mode } => delete::any(context, names, mode).await,
        CredentialsCommand::Provider(command) => provider::run(context, command).await,
        CredentialsCommand::Registry(command) => registry::run(context, command.0).await,
        CredentialsCommand::SshKey(command) => ssh_key::run_any(context, command.0).await,
    }
}
