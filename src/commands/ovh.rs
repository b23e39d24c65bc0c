//! `ankra credentials ovh`

use super::{Context, cloud, cloud::NewCredential, ssh_key};
use crate::{
    cli::{OvhCommand, OvhCreateArgs},
    error::Result,
    providers::Provider,
};

pub(super) async fn run(context: &mut Context, command: OvhCommand) -> Result<()> {
    match command {
        OvhCommand::Create(args) => create(context, args).await,
        OvhCommand::List(options) => cloud::list(context, Provider::Ovh, &options).await,
        OvhCommand::SshKey(command) => ssh_key::run(context, Provider::Ovh, command).await,
    }
}

async fn create(context: &mut Context, args: OvhCreateArgs) -> Result<()> {
    let new = NewCredential {
        provider: Provider::Ovh,
        name: &args.name,
        plain: &[("project_id", &args.project_id)],
        sources: vec![args.application_key_from, args.application_secret_from, args.consumer_key_from],
        bundle: args.bundle.secrets_from.as_ref(),
        mode: args.mode,
    };
    cloud::create(context, new).await
}
