//! `ankra credentials registry`

use super::{
    Context, cloud, delete, name, records::DryRunView, registry_check, registry_import::Import, secrets, sort,
};
use crate::{
    cli::{CreateMode, ListOptions, RegistryCommand, RegistryCreateArgs, RegistryUpdateArgs},
    error::{Error, Result},
    platform::{
        AuthenticatedClient, Credential, CredentialName, RegistryCredential, create_registry_request,
        update_registry_request,
    },
    providers::Preset,
    secret::{Gathered, Secret},
};

pub(super) async fn run(context: &mut Context, command: RegistryCommand) -> Result<()> {
    match command {
        RegistryCommand::Create(args) => create(context, args).await,
        RegistryCommand::List(options) => list(context, &options).await,
        RegistryCommand::Get(args) => get(context, &args.name).await,
        RegistryCommand::Update(args) => update(context, args).await,
        RegistryCommand::Delete(args) => delete::registry(context, args).await,
        RegistryCommand::Check(args) => registry_check::check(context, args).await,
    }
}

async fn create(context: &mut Context, args: RegistryCreateArgs) -> Result<()> {
    let CreateMode { if_not_exists, dry_run } = args.mode;
    if !dry_run {
        context.ensure_token()?;
    }
    let import = Import::begin(context, &args)?;
    let source = secrets::source(args.password.password_from, args.password.password_stdin);
    let bundle = args.bundle.secrets_from.as_ref();
    if dry_run {
        let (username, password) = if let Some(import) = import {
            import.finish(context)?
        } else {
            let username = username(context, args.username)?;
            (username, only(secrets::for_dry_run(context, &Preset::GENERIC.spec, vec![source], bundle)?)?)
        };
        let preview =
            create_registry_request(&args.name, &username, &password).preview(&context.base_url().await?);
        return context.output.item(&DryRunView::new(preview));
    }
    // Where nobody can be asked, what is missing is told before anything is sent.
    let ready = if let Some(import) = import {
        Ready::Import(import)
    } else {
        let given = match args.username {
            None if context.terminal.can_ask() => None,
            given => Some(username(context, given)?),
        };
        Ready::Given(given, secrets::of_spec(context, &Preset::GENERIC.spec, vec![source], bundle)?)
    };
    let client = context.client().await?;
    let look = async || cloud::present(&client, &args.name, "registry").await;
    if let Some(there) = name::present(&client, &args.name, if_not_exists, look).await? {
        return cloud::already_there(context, &there);
    }
    let (username, password) = match ready {
        Ready::Import(import) => import.finish(context)?,
        Ready::Given(given, gathered) => (username(context, given)?, ask_password(context, gathered)?),
    };
    if let Err(error) = client.create_registry_credential(&args.name, &username, &password).await {
        return cloud::already_there(context, &name::made_by_another(error, if_not_exists, look).await?);
    }
    drop(password);
    context.output.note(&format!("Stored the registry credential {}.", args.name));
    let found = client.registry_credential(&args.name).await.map(|one| {
        Some(Credential { id: one.id, name: one.name, created_at: one.created_at, ..Credential::default() })
    });
    cloud::show_created(context, &args.name, "registry", found)
}

/// What is known before anything is sent.
enum Ready {
    Import(Box<Import>),
    Given(Option<String>, Gathered<'static>),
}

async fn list(context: &mut Context, options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let mut all = client.registry_credentials().await?;
    sort::sort(&mut all, options);
    cloud::show_list(context, &all, options, "No registry credentials.")
}

async fn get(context: &mut Context, wanted: &str) -> Result<()> {
    let client = context.client().await?;
    let name = resolve(&client, wanted).await?;
    context.output.item(&client.registry_credential(&name).await?)
}

/// A name is used as it is; an id is looked up.
async fn resolve(client: &AuthenticatedClient, wanted: &str) -> Result<CredentialName> {
    if let Ok(name) = wanted.parse::<CredentialName>()
        && wanted.parse::<crate::platform::CredentialId>().is_err()
    {
        return Ok(name);
    }
    let all = client.registry_credentials().await?;
    name::find(&all, wanted, |one| &one.id, |one| &one.name)?.name.parse()
}

async fn update(context: &mut Context, args: RegistryUpdateArgs) -> Result<()> {
    let source = secrets::source(args.password.password_from, args.password.password_stdin);
    let bundle = args.bundle.secrets_from.as_ref();
    if args.dry_run {
        let username = args.username.unwrap_or_else(|| "<kept as it is>".to_owned());
        let password = only(secrets::for_dry_run(context, &Preset::GENERIC.spec, vec![source], bundle)?)?;
        let preview =
            update_registry_request(&args.name, &username, &password).preview(&context.base_url().await?);
        return context.output.item(&DryRunView::new(preview));
    }
    context.ensure_token()?;
    let gathered = secrets::of_spec(context, &Preset::GENERIC.spec, vec![source], bundle)?;
    let client = context.client().await?;
    // Also finds a wrong name before a person is asked for a secret.
    let present = client.registry_credential(&args.name).await?;
    let username = match args.username.or_else(|| present.username.clone()) {
        Some(kept) => kept,
        None => username(context, None)?,
    };
    let password = ask_password(context, gathered)?;
    client.update_registry_credential(&update_registry_request(&args.name, &username, &password)).await?;
    context.output.note(&format!("Updated the registry credential {}.", args.name));
    // It is updated whether or not it can be read back.
    let shown = client.registry_credential(&args.name).await.unwrap_or_else(|error| {
        context.output.warn(&format!("it cannot be read back: {error}"));
        RegistryCredential { username: Some(username), updated_at: None, ..present }
    });
    context.output.item(&shown)
}

pub(super) fn username(context: &Context, given: Option<String>) -> Result<String> {
    match given {
        Some(username) => Ok(username),
        None if context.terminal.can_ask() => context.terminal.ask_text("Registry user name"),
        None => Err(Error::usage("missing: --username <USERNAME>")
            .hint("name the account at the registry, such as --username octocat")),
    }
}

pub(super) fn ask_password(context: &Context, gathered: Gathered<'_>) -> Result<Secret> {
    only(secrets::ask(context, &Preset::GENERIC.spec, gathered)?)
}

fn only(mut secrets: Vec<Secret>) -> Result<Secret> {
    secrets.pop().ok_or_else(|| Error::failure("no password was read"))
}
