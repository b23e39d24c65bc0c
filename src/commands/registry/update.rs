//! `ankra credentials registry update`

use jiff::Timestamp;

use super::{
    expiry::{self, Expiries, RegistryView},
    name_for_dry_run, resolve, secret,
};
use crate::{
    cli::RegistryUpdateArgs,
    commands::{Context, records::DryRunView, secrets, usage},
    error::Result,
    platform::{AuthenticatedClient, Credential, CredentialName, Registry, RegistryCredential, routes},
    providers::{Preset, RegistryUrl},
    secret::{Secret, SecretSource},
};

pub(super) async fn update(context: &mut Context, args: RegistryUpdateArgs) -> Result<()> {
    let source = secrets::source(args.password.password_from, args.password.password_stdin);
    let bundle = args.bundle.secrets_from.as_ref();
    let preset = secret::preset(context, &args.target, None, args.username.as_deref());
    if args.dry_run {
        return preview(context, &name_for_dry_run(&args.name)?, args.username, preset, source, bundle).await;
    }
    context.ensure_token()?;
    let found = secret::find_early(context, preset, args.username.as_deref(), source, bundle)?;
    let client = context.client().await?;
    // Also finds a wrong name before a person is asked for a secret.
    let name = resolve(&client, &args.name).await?;
    let stored = client.send(&routes::registry_credential(&name)).await?;
    let username = match args.username.or_else(|| stored.username.clone()) {
        Some(kept) => kept,
        None => secret::username(context, preset, None)?,
    };
    let users = users(&client, &stored).await;
    let host = users.as_deref().and_then(host_of);
    let preset = secret::preset(context, &args.target, host.as_deref(), Some(&username));
    let password = secret::ask_late(context, preset, &username, found)?;
    let end = secret::judge(context, preset, &username, &password)?;
    secret::verify(context, &args.target, &username, &password).await?;
    let change = Change { name: &name, username: &username, password: &password, end };
    let shown = change.send(context, &client, stored).await?;
    context.output.note(&format!("Updated the registry credential {name}."));
    expiry::tell(context, &name, end);
    tell_of_users(context, users.as_deref());
    context.output.item(&shown)
}

/// `--dry-run`: what would be sent. A source that is given is tried, nothing is asked for.
pub(super) async fn preview(
    context: &mut Context,
    name: &CredentialName,
    username: Option<String>,
    preset: &'static Preset,
    source: Option<SecretSource>,
    bundle: Option<&SecretSource>,
) -> Result<()> {
    let password = secrets::one_for_dry_run(context, &preset.password, source, bundle)?;
    if !password.expose().is_empty() {
        // Of a user name that is kept nothing is known here, so only the password's end is looked at.
        match &username {
            Some(username) => secret::judge(context, preset, username, &password)?,
            None => secret::judge(context, Preset::GENERIC, "", &password)?,
        };
    }
    let username = username.unwrap_or_else(|| "<kept as it is>".to_owned());
    let preview =
        routes::update_registry_credential(name, &username, &password).preview(&context.base_url().await?);
    context.output.item(&DryRunView::new(preview))
}

/// What a credential is to become.
pub(super) struct Change<'a> {
    pub(super) name: &'a CredentialName,
    pub(super) username: &'a str,
    pub(super) password: &'a Secret,
    pub(super) end: Option<Timestamp>,
}

impl Change<'_> {
    /// Changes the credential `present` and reads it back: it is changed whether or not it can be.
    pub(super) async fn send(
        self,
        context: &Context,
        client: &AuthenticatedClient,
        present: RegistryCredential,
    ) -> Result<RegistryView> {
        let request = routes::update_registry_credential(self.name, self.username, self.password);
        client.send(&request).await?;
        let shown = client.send(&routes::registry_credential(self.name)).await.unwrap_or_else(|error| {
            context.output.warn(&format!("it cannot be read back: {error}"));
            RegistryCredential { username: Some(self.username.to_owned()), updated_at: None, ..present }
        });
        Expiries::note(context, &shown, self.end);
        Ok(RegistryView::new(shown, self.end))
    }
}

/// The registries that sign in with `stored`; `None`: cannot tell.
async fn users(client: &AuthenticatedClient, stored: &RegistryCredential) -> Option<Vec<Registry>> {
    usage::registries(client, &Credential::new(&stored.id, &stored.name, "registry", None)).await
}

/// The host of all of them that have one; `None`: there is none, or there are several.
fn host_of(users: &[Registry]) -> Option<String> {
    let url = |user: &Registry| user.url.as_deref()?.parse::<RegistryUrl>().ok();
    let mut hosts: Vec<String> = users.iter().filter_map(url).map(|url| url.host().to_owned()).collect();
    hosts.dedup();
    hosts.pop().filter(|_| hosts.is_empty())
}

/// Says which registries now sign in with what was stored.
fn tell_of_users(context: &Context, users: Option<&[Registry]>) {
    let names = users.map(|users| users.iter().map(usage::describe).collect::<Vec<_>>());
    context.output.note(&match names.as_deref() {
        None => "Cannot tell which registries use it.".to_owned(),
        Some([]) => "No registry uses it.".to_owned(),
        Some([one]) => format!("1 registry uses it: {one}"),
        Some(several) => format!("{} registries use it: {}", several.len(), several.join(", ")),
    });
}
