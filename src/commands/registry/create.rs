//! `ankra credentials registry create`

use super::{
    expiry::{self, Expiries},
    import::{Import, Wanted},
    secret::{self, Given},
};
use crate::{
    cli::{CreateMode, RegistryCreateArgs},
    commands::{Context, name, records::DryRunView, secrets, show},
    error::Result,
    platform::{Credential, routes},
    providers::Preset,
};

pub(super) async fn create(context: &mut Context, args: RegistryCreateArgs) -> Result<()> {
    let CreateMode { if_not_exists, dry_run } = args.mode;
    if !dry_run {
        context.ensure_token()?;
    }
    let wanted = Wanted {
        username: args.username.as_deref(),
        registry: args.target.registry_url.as_ref(),
        is_sent: args.target.check,
        name: Some(&args.name),
    };
    let import = Import::begin(context, &args.import, &wanted)?;
    let host = import.as_ref().and_then(|import| import.host());
    let preset = secret::preset(context, &args.target, host, args.username.as_deref());
    if dry_run {
        return preview(context, args, preset, import).await;
    }
    let source = secrets::source(args.password.password_from, args.password.password_stdin);
    // Where nobody can be asked, what is missing is told before anything is sent.
    let ready = if let Some(import) = import {
        Ready::Import(import)
    } else {
        let bundle = args.bundle.secrets_from.as_ref();
        Ready::Given(Given::find(context, preset, args.username, source, bundle)?)
    };
    let client = context.client().await?;
    let look = async || show::present(&client, &args.name, "registry").await;
    if let Some(there) = name::present(&client, &args.name, if_not_exists, look).await? {
        return show::already_there(context, &there);
    }
    let (preset, username, password) = match ready {
        Ready::Import(import) => {
            let (host, username, password) = import.finish(context)?;
            let preset = secret::preset(context, &args.target, Some(&host), Some(&username));
            (preset, username, password)
        }
        Ready::Given(given) => {
            let (username, password) = given.ask(context, preset)?;
            (preset, username, password)
        }
    };
    let end = secret::judge(context, preset, &username, &password)?;
    secret::verify(context, &args.target, &username, &password).await?;
    if let Err(error) =
        client.send(&routes::create_registry_credential(&args.name, &username, &password)).await
    {
        return show::already_there(context, &name::made_by_another(error, if_not_exists, look).await?);
    }
    drop(password);
    context.output.note(&format!("Stored the registry credential {}.", args.name));
    expiry::tell(context, &args.name, end);
    let found = client.send(&routes::registry_credential(&args.name)).await;
    if let Ok(one) = &found {
        Expiries::note(context, one, end);
    }
    let found =
        found.map(|one| Some(Credential::new(&one.id, &one.name, "registry", one.created_at.as_deref())));
    show::created(context, &args.name, "registry", found, end.map(|end| end.to_string()))
}

/// What is known before anything is sent.
enum Ready {
    Import(Box<Import>),
    Given(Given),
}

/// `--dry-run`: what would be sent. Nothing is asked for but a login to take.
async fn preview(
    context: &mut Context,
    args: RegistryCreateArgs,
    preset: &'static Preset,
    import: Option<Box<Import>>,
) -> Result<()> {
    let (username, password) = if let Some(import) = import {
        let (_, username, password) = import.finish(context)?;
        (username, password)
    } else {
        let source = secrets::source(args.password.password_from, args.password.password_stdin);
        let username = secret::username(context, preset, args.username)?;
        let bundle = args.bundle.secrets_from.as_ref();
        (username, secrets::one_for_dry_run(context, &preset.password, source, bundle)?)
    };
    if !password.expose().is_empty() {
        secret::judge(context, preset, &username, &password)?;
    }
    let preview = routes::create_registry_credential(&args.name, &username, &password)
        .preview(&context.base_url().await?);
    context.output.item(&DryRunView::new(preview))
}
