//! `ankra credentials PROVIDER`

use super::{Context, name, secrets, show, ssh_key};
use crate::{
    cli::{CreateMode, ListOptions, ProviderAction, ProviderCommand, ProviderCreateArgs},
    error::Result,
    platform::{Body, routes},
    providers::{Kind, Provider},
    secret::{Field, Form, Secret},
};

pub(super) async fn run(context: &mut Context, command: ProviderCommand) -> Result<()> {
    let provider = command.provider;
    match command.action {
        ProviderAction::Create(args) => create(context, provider, args).await,
        ProviderAction::List(options) => list(context, provider, &options).await,
        ProviderAction::SshKey(command) => ssh_key::run(context, provider, command).await,
    }
}

/// Creates a credential: reads the sources, checks that the name is free, asks for what is missing, and
/// sends one request.
async fn create(context: &mut Context, provider: &Provider, args: ProviderCreateArgs) -> Result<()> {
    let CreateMode { if_not_exists, dry_run } = args.mode;
    for (field, value) in &args.plain {
        if let (Kind::Text(form), Some(text)) = (field.kind, value.as_str())
            && let Form::Unusual(doubt) = form(text)
        {
            context.output.warn(doubt);
        }
    }
    if !dry_run {
        context.ensure_token()?;
    }
    let found = secrets::find(context, &args.secrets, &args.bundle, dry_run)?;
    if dry_run {
        let secrets: Vec<_> =
            found.into_iter().map(|one| (one.field, secrets::unasked(context, one))).collect();
        let request = routes::create_cloud_credential(provider.names(), &args.name, body(&args, &secrets));
        return context.preview(&request).await;
    }
    let client = context.client().await?;
    let look = async || show::present(&client, &args.name, provider.slug).await;
    if let Some(there) = name::present(&client, &args.name, if_not_exists, look).await? {
        return show::already_there(context, &there);
    }
    let secrets = secrets::ask(context, provider.where_from, found, args.bundle.allow_unusual)?;
    let request = routes::create_cloud_credential(provider.names(), &args.name, body(&args, &secrets));
    if let Err(error) = client.send(&request).await {
        return show::already_there(
            context,
            &name::made_by_another(&args.name, error, if_not_exists, look).await?,
        );
    }
    drop(secrets);
    context.output.note(&format!("Stored the {} credential {}.", provider.title, args.name));
    let all = client.send(&routes::cloud_credentials(provider.names())).await;
    let found = all.map(|all| all.into_iter().find(|one| one.name() == args.name.as_str()));
    show::created(context, &args.name, provider.slug, found, None)
}

fn body<'a>(args: &'a ProviderCreateArgs, secrets: &'a [(&Field, Secret)]) -> Body<'a> {
    let body = fields(Body::new().plain("name", args.name.as_str()), None, args, secrets);
    let groups = args.plain.iter().filter_map(|(field, _)| field.group);
    let mut groups: Vec<&str> = groups.map(|group| group.name).collect();
    groups.dedup();
    groups
        .into_iter()
        .fold(body, |body, group| body.object(group, fields(Body::new(), Some(group), args, secrets)))
}

/// Adds the fields of `group` to `body`.
fn fields<'a>(
    body: Body<'a>,
    group: Option<&str>,
    args: &'a ProviderCreateArgs,
    secrets: &'a [(&Field, Secret)],
) -> Body<'a> {
    let secrets = secrets.iter().filter(|(field, _)| field.group == group);
    let body = secrets.fold(body, |body, (field, secret)| body.secret(field.key(), secret));
    let plain = args.plain.iter().filter(|(field, _)| field.group.map(|group| group.name) == group);
    plain.fold(body, |body, (field, value)| body.plain(field.key(), value.clone()))
}

async fn list(context: &mut Context, provider: &Provider, options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let mut all = client.send(&routes::cloud_credentials(provider.names())).await?;
    show::list(context, &mut all, options, &format!("No {} credentials.", provider.title))
}
