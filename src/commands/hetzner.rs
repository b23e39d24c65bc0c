//! `ankra credentials hetzner`

use super::{Context, cloud, cloud::NewCredential, secrets, ssh_key};
use crate::{
    cli::{HetznerCommand, HetznerCreateArgs},
    error::Result,
    providers::Provider,
};

pub(super) async fn run(context: &mut Context, command: HetznerCommand) -> Result<()> {
    match command {
        HetznerCommand::Create(args) => create(context, args).await,
        HetznerCommand::List(options) => cloud::list(context, Provider::Hetzner, &options).await,
        HetznerCommand::SshKey(command) => ssh_key::run(context, Provider::Hetzner, command).await,
    }
}

async fn create(context: &mut Context, args: HetznerCreateArgs) -> Result<()> {
    let new = NewCredential {
        provider: Provider::Hetzner,
        name: &args.name,
        plain: &[],
        sources: vec![secrets::source(args.api_token_from, args.api_token_stdin)],
        bundle: args.bundle.secrets_from.as_ref(),
        mode: args.mode,
    };
    cloud::create(context, new).await
}
