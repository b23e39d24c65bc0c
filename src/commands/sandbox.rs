//! `ankra sandbox`

use std::net::{Ipv4Addr, SocketAddr};

use super::Context;
use crate::{
    cli::{Role, SandboxCommand},
    error::{Result, Run},
    output::Output,
    sandbox::{Access, Sandbox},
};

/// The address that `serve` listens on by default.
const DEFAULT_PORT: u16 = 7410;

pub(super) async fn run(context: &Context, command: SandboxCommand) -> Result<()> {
    let sandbox = Sandbox::new(context.settings.paths.sandbox()?);
    // A reset makes all anew.
    if !matches!(command, SandboxCommand::Reset { .. }) {
        sandbox.exposure().iter().for_each(|warning| context.output.warn(warning));
    }
    match command {
        SandboxCommand::Serve { listen, second_factor } => {
            serve(context, &sandbox, listen, second_factor).await
        }
        SandboxCommand::Reset { yes } => reset(context, &sandbox, yes).await,
        SandboxCommand::Env { role } => env(context, &sandbox, role).await,
    }
}

async fn serve(context: &Context, sandbox: &Sandbox, listen: SocketAddr, second_factor: bool) -> Result<()> {
    let output = Output::new(*context.output.options());
    // Whoever no longer reads the log does not end the service.
    let log = move |access: &Access| drop(output.line(&access.to_string()));
    let (mut server, _) =
        sandbox.waited_for(&context.patience(), sandbox.listen(listen, Some(Box::new(log)))).await?;
    sandbox.keep_address(server.address())?;
    context.output.raw(format!("listening on http://{}\n", server.address()).as_bytes())?;
    let env = context.invocation.line(&Run::new("sandbox env"));
    context.output.note(&format!("Point another client at it with: eval \"$({env})\""));
    let code = server.code();
    context.output.note(&format!("To sign in there with a browser, type this code: {}", code.expose()));
    if second_factor {
        let code = server.ask_for_second_code()?;
        context.output.note(&format!("Then the page asks for a second one: {}", code.expose()));
    }
    server.run().await
}

async fn reset(context: &Context, sandbox: &Sandbox, yes: bool) -> Result<()> {
    if !yes {
        let question = "Forget everything in the sandbox?";
        context.terminal.agree("forgetting the sandbox", question, "nothing was changed")?;
    }
    sandbox.waited_for(&context.patience(), sandbox.reset()).await?;
    context.output.note("The sandbox is empty again.");
    Ok(())
}

/// The sandbox's own tokens open nothing but the sandbox: they alone are ever printed.
async fn env(context: &Context, sandbox: &Sandbox, role: Role) -> Result<()> {
    let address = sandbox.last_address().unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)));
    let tokens = sandbox.waited_for(&context.patience(), sandbox.tokens()).await?;
    let token = match role {
        Role::Admin => &tokens.admin,
        Role::Viewer => &tokens.viewer,
    };
    let lines =
        format!("export ANKRA_BASE_URL='http://{address}'\nexport ANKRA_API_TOKEN='{}'\n", token.expose());
    context.output.raw(lines.as_bytes())
}
