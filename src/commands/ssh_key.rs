//! `ankra credentials ssh-key`, and the `ssh-key` commands of each provider

use std::{
    io::Read,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    Context, name,
    records::{DryRunView, KeyView, SshKeyView},
    secrets, show, sort,
};
use crate::{
    cli::{
        AnySshKeyCommand, AnySshKeyCreateArgs, ListOptions, NewKeyArgs, PassphraseArgs, PublicKeySource,
        SshKeyCommand, SshKeyCreateArgs, SshKeyGenerateArgs,
    },
    error::{Error, ErrorKind, Result},
    platform::{AuthenticatedClient, CredentialName, routes},
    providers::{ALL, Provider},
    secret::{Field, Gathered, SecretSource},
    ssh::{KeyFiles, KeyPair, PublicKey},
};

/// The most that is read of a public key.
const PUBLIC_KEY_LIMIT: usize = 64 * 1024;

const PASSPHRASE: Field = Field::new("passphrase", "Passphrase");

pub(super) async fn run(context: &mut Context, provider: &Provider, command: SshKeyCommand) -> Result<()> {
    match command {
        SshKeyCommand::Create(args) => create(context, provider, args).await,
        SshKeyCommand::List(options) => list(context, &[provider], &options).await,
    }
}

pub(super) async fn run_any(context: &mut Context, command: AnySshKeyCommand) -> Result<()> {
    match command {
        AnySshKeyCommand::Create(AnySshKeyCreateArgs { provider, create: args }) => {
            let provider = match provider {
                Some(provider) => provider,
                None => choose_provider(context)?,
            };
            create(context, provider, args).await
        }
        AnySshKeyCommand::List(options) => list(context, ALL, &options).await,
        AnySshKeyCommand::Generate(args) => generate(context, &args),
    }
}

fn choose_provider(context: &Context) -> Result<&'static Provider> {
    if !context.terminal.can_ask() {
        return Err(Error::usage("missing: --provider <PROVIDER>")
            .hint(format!("the providers are {}", Provider::list("and"))));
    }
    let titles: Vec<String> = ALL.iter().map(|provider| provider.title.to_owned()).collect();
    let index = context.terminal.choose("Provider whose servers get the key", &titles)?;
    Ok(ALL[index])
}

async fn list(context: &mut Context, providers: &[&Provider], options: &ListOptions) -> Result<()> {
    let client = context.client().await?;
    let mut all = Vec::new();
    for provider in providers {
        let keys = client.send(&routes::ssh_keys(provider.slug)).await?;
        all.extend(keys.into_iter().map(|key| SshKeyView::new(key, provider)));
    }
    sort::sort(&mut all, options);
    show::list(context, &all, options, "No SSH keys.")
}

impl sort::Listed for SshKeyView {
    fn name(&self) -> &str {
        self.credential.name()
    }

    fn facts(&self) -> sort::Facts<'_> {
        self.credential.facts()
    }
}

/// A public key to store, and the pair's files if it was made here.
struct Key {
    public: PublicKey,
    made: Option<Made>,
}

/// Where a new private key is.
enum Made {
    Files { files: KeyFiles, encrypted: bool },
    StandardOutput { encrypted: bool },
}

async fn create(context: &mut Context, provider: &Provider, args: SshKeyCreateArgs) -> Result<()> {
    let brought = match &args.public_key {
        Some(source) => Some(read_public_key(context, source)?),
        None => None,
    };
    if args.mode.dry_run {
        let line = brought.map_or_else(|| "<made when this is run>".to_owned(), |key| key.to_line());
        let preview =
            routes::create_ssh_key(provider.slug, &args.name, &line).preview(&context.base_url().await?);
        return context.output.item(&DryRunView::new(preview));
    }
    let repeatable = args.mode.if_not_exists;
    let target = match brought {
        Some(_) => Ok(None),
        None => target(context, &args.new_key, Some(&args.name)).map(Some),
    };
    // Where a second run is fine, the files of the first are not an error either.
    let target = if repeatable { target } else { Ok(target?) };
    context.ensure_token()?;
    let passphrase = passphrase(context, &args.new_key.passphrase)?;
    let client = context.client().await?;
    let look = async || find(&client, provider, &args.name).await;
    if let Some(there) = name::present(&client, &args.name, repeatable, look).await? {
        return already_there(context, &there);
    }
    let key = match brought {
        Some(public) => {
            public.warnings().iter().for_each(|warning| context.output.warn(warning));
            Key { public, made: None }
        }
        None => make(context, passphrase, target?, args.name.as_str())?,
    };
    let line = key.public.to_line();
    let request = routes::create_ssh_key(provider.slug, &args.name, &line);
    if let Err(error) = client.send(&request).await {
        // A private key that has left by standard output would be taken for the one in use.
        let repeatable = repeatable && !matches!(key.made, Some(Made::StandardOutput { .. }));
        let error = after_failure(error, key.made);
        return already_there(context, &name::made_by_another(error, repeatable, look).await?);
    }
    context.output.note(&format!("Stored the {} SSH key {}.", provider.title, args.name));
    let found = find(&client, provider, &args.name).await.unwrap_or_else(|error| {
        context.output.warn(&format!("its id cannot be read back: {error}"));
        None
    });
    let id = found.map(|found| found.credential.id().to_owned());
    show(context, args.name.as_str(), Some(provider), id, &key)
}

fn already_there(context: &Context, present: &SshKeyView) -> Result<()> {
    let name = &present.credential.name();
    context.output.note(&format!("The SSH key {name} exists already; nothing was changed."));
    context.output.item(&KeyView::of_stored(present))
}

async fn find(
    client: &AuthenticatedClient,
    provider: &Provider,
    name: &CredentialName,
) -> Result<Option<SshKeyView>> {
    let all = client.send(&routes::ssh_keys(provider.slug)).await?;
    Ok(all
        .into_iter()
        .find(|key| key.credential.name() == name.as_str())
        .map(|key| SshKeyView::new(key, provider)))
}

/// A key that the platform refused is removed again; one whose fate is unknown is kept.
fn after_failure(error: Error, made: Option<Made>) -> Error {
    match made {
        None => error,
        Some(Made::StandardOutput { .. }) if error.kind() == ErrorKind::OutcomeUnknown => {
            error.hint("keep the private key written to standard output, in case it was")
        }
        Some(Made::StandardOutput { .. }) => {
            error.hint("the private key written to standard output is not in use")
        }
        Some(Made::Files { files, .. }) if error.kind() == ErrorKind::OutcomeUnknown => {
            error.hint(format!("the private key is kept in {}, in case it was", files.private().display()))
        }
        Some(Made::Files { files, .. }) => {
            let path = files.private().display().to_string();
            match files.undo() {
                Ok(()) => {
                    error.hint(format!("the key files just written were removed again: {path}, {path}.pub"))
                }
                Err(undo) => error.hint(format!(
                    "the key files just written could not be removed: {path}, {path}.pub: {undo}"
                )),
            }
        }
    }
}

fn generate(context: &Context, args: &SshKeyGenerateArgs) -> Result<()> {
    let target = target(context, &args.new_key, args.name.as_ref())?;
    let comment = match (&args.name, &target) {
        (Some(name), _) => name.to_string(),
        (None, Target::File(path)) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        (None, Target::StandardOutput) => "ankra".to_owned(),
    };
    let passphrase = passphrase(context, &args.new_key.passphrase)?;
    let key = make(context, passphrase, Some(target), &comment)?;
    show(context, &comment, None, None, &key)
}

/// Where a new private key goes.
enum Target {
    File(PathBuf),
    StandardOutput,
}

/// Finds where a new private key goes, and refuses a place that is taken.
fn target(context: &Context, args: &NewKeyArgs, name: Option<&CredentialName>) -> Result<Target> {
    let path = match (&args.private_key_file, name) {
        (Some(path), _) if path.as_os_str() == "-" => {
            // What cannot be had again is not written to where nobody reads it.
            if context.output.is_discarded() {
                return Err(Error::usage("the private key would be lost: standard output leads nowhere")
                    .hint("write it to a file with --private-key-file PATH, or connect standard output"));
            }
            return Ok(Target::StandardOutput);
        }
        (Some(path), _) => context.settings.paths.expand(path),
        (None, Some(name)) => context.settings.paths.ssh()?.join(format!("ankra_{name}")),
        (None, None) => return Err(Error::usage("missing: --name or --private-key-file")),
    };
    KeyFiles::ensure_free(&path)?;
    Ok(Target::File(path))
}

/// Makes a pair and writes it durably before anything else is done with it.
fn make(
    context: &Context,
    passphrase: Option<Gathered<'_>>,
    target: Option<Target>,
    comment: &str,
) -> Result<Key> {
    let ask = |field: &Field| context.terminal.ask_new_secret(field.label);
    let passphrase = passphrase.map(|found| found.ask(ask)).transpose()?;
    let encrypted = passphrase.is_some();
    let pair = KeyPair::generate(comment)?;
    let public = pair.public_key();
    let made = match target {
        Some(Target::File(path)) => {
            let files = KeyFiles::write(&path, &pair, passphrase.as_ref())?;
            Made::Files { files, encrypted }
        }
        Some(Target::StandardOutput) | None => {
            context.output.raw(pair.to_openssh(passphrase.as_ref())?.as_bytes())?;
            Made::StandardOutput { encrypted }
        }
    };
    Ok(Key { public, made: Some(made) })
}

/// The passphrase that is wanted, if one is; a person is not asked for it yet.
fn passphrase(context: &Context, args: &PassphraseArgs) -> Result<Option<Gathered<'static>>> {
    let source = match (&args.passphrase_from, args.passphrase) {
        (Some(source), _) => source.clone(),
        (None, true) => SecretSource::Prompt,
        (None, false) => return Ok(None),
    };
    secrets::find_one(context, &PASSPHRASE, Some(source), None).map(Some)
}

/// Reports a key. With the private key on standard output, that is all that goes there.
fn show(
    context: &Context,
    name: &str,
    provider: Option<&Provider>,
    id: Option<String>,
    key: &Key,
) -> Result<()> {
    let (fingerprint, public_key) = (key.public.fingerprint(), key.public.to_line());
    let mut view = KeyView {
        name: name.to_owned(),
        provider: provider.map(|provider| provider.slug.to_owned()),
        id,
        algorithm: Some(key.public.algorithm()),
        fingerprint: Some(fingerprint.clone()),
        public_key: Some(public_key.clone()),
        ..KeyView::default()
    };
    match &key.made {
        Some(Made::StandardOutput { encrypted }) => {
            let what = if *encrypted { "encrypted private key" } else { "private key" };
            context.output.note(&format!("Wrote the {what} to standard output."));
            context.output.note(&format!("Fingerprint: {fingerprint}"));
            context.output.note(&format!("Public key: {public_key}"));
            return Ok(());
        }
        Some(Made::Files { files, encrypted }) => {
            view.private_key_file = Some(files.private().display().to_string());
            view.public_key_file = Some(files.public().display().to_string());
            view.encrypted = Some(*encrypted);
        }
        None => {}
    }
    context.output.item(&view)
}

fn read_public_key(context: &Context, source: &PublicKeySource) -> Result<PublicKey> {
    match source {
        PublicKeySource::Text(text) => PublicKey::parse(text),
        PublicKeySource::Stdin => parse_all(std::io::stdin().lock(), Path::new("standard input")),
        PublicKeySource::File(path) => {
            let path = context.settings.paths.expand(path);
            let file = std::fs::File::open(&path).map_err(|error| {
                Error::usage(format!("cannot read the public key from {}", path.display())).cause(error)
            })?;
            parse_all(file, &path)
        }
    }
}

/// What is read may be a private key, given by mistake: the buffer never moves and is zeroed.
fn parse_all(source: impl Read, name: &Path) -> Result<PublicKey> {
    let failed =
        |why: String| Error::usage(format!("cannot read the public key from {}", name.display())).cause(why);
    let mut bytes = Zeroizing::new(Vec::with_capacity(PUBLIC_KEY_LIMIT + 1));
    let limited = source.take(PUBLIC_KEY_LIMIT as u64 + 1).read_to_end(&mut bytes);
    limited.map_err(|error| failed(error.to_string()))?;
    if bytes.len() > PUBLIC_KEY_LIMIT {
        return Err(failed("it is far larger than a public key".into()));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| failed("it is not text".into()))?;
    PublicKey::parse(text)
}
