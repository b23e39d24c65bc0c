//! `ankra credentials ssh-key`, and the `ssh-key` commands of each provider

use std::{
    io::stdin,
    path::{Path, PathBuf},
};

use futures_util::future::try_join_all;
use zeroize::Zeroizing;

use super::{
    Context, ask,
    listing::Listing,
    name,
    place::Action,
    records::{KeyView, SshKeyView},
    secrets, show,
};
use crate::{
    cli::{AnySshKeyCommand, ListOptions, NewKeyArgs, PublicKeySource, SshKeyCommand, SshKeyCreateArgs},
    error::{Error, ErrorKind, Result},
    files,
    output::{is_discarded, named},
    platform::{AuthenticatedClient, CredentialName, routes, ssh_keys_of},
    providers::{ALL, Provider},
    secret::{Field, Gathered, Secret, SecretSource, Shape, pass},
    settings::unquoted_path,
    ssh::{KeyFiles, KeyPair, PublicKey, leaving_no_trace},
};

/// The most that is read of a public key.
const PUBLIC_KEY_LIMIT: usize = 64 * 1024;

const PASSPHRASE: Field = Field { shape: Shape::Phrase, ..Field::new("passphrase", "Passphrase") };

pub(super) async fn run(context: &mut Context, provider: &Provider, command: SshKeyCommand) -> Result<()> {
    match command {
        SshKeyCommand::Create(args) => create(context, provider, args).await,
        SshKeyCommand::List(options) => list(context, &[provider], &options).await,
    }
}

pub(super) async fn run_any(context: &mut Context, command: AnySshKeyCommand) -> Result<()> {
    match command {
        AnySshKeyCommand::Create { provider, create: args } => {
            let provider = provider.map_or_else(|| choose_provider(context), Ok)?;
            create(context, provider, args).await
        }
        AnySshKeyCommand::List { provider, options } => match provider {
            Some(provider) => list(context, &[provider], &options).await,
            None => list(context, ALL, &options).await,
        },
        AnySshKeyCommand::Generate { mut name, new_key } => {
            if name.is_none() && new_key.private_key_file.is_none() {
                let asked = ask::name(context)?;
                context.invocation.asked("--name", asked.as_str());
                name = Some(asked);
            }
            generate(context, name.as_ref(), &new_key)
        }
    }
}

fn choose_provider(context: &Context) -> Result<&'static Provider> {
    if !context.terminal.can_ask() {
        return Err(Error::usage("missing: --provider <PROVIDER>")
            .hint(format!("the providers are {}", Provider::list("and"))));
    }
    let titles: Vec<String> = ALL.iter().map(|provider| provider.title.to_owned()).collect();
    let index = context.terminal.choose("Provider whose servers get the key", &titles)?;
    context.invocation.asked("--provider", ALL[index].slug);
    Ok(ALL[index])
}

async fn list(context: &mut Context, providers: &[&Provider], options: &ListOptions) -> Result<()> {
    let listing = Listing::of::<SshKeyView>(options)?;
    let client = context.client().await?;
    let of_one = async |provider: &Provider| {
        let keys = client.send(&routes::ssh_keys(provider.names())).await?;
        Ok::<_, Error>(keys.into_iter().map(|key| SshKeyView::new(provider, key)).collect())
    };
    let found: Vec<Vec<SshKeyView>> = try_join_all(providers.iter().map(|one| of_one(one))).await?;
    let all = found.into_iter().flatten().collect();
    listing.show(context, &client, all, &format!("No SSH keys{}.", context.place())).await?;
    Ok(())
}

/// A public key to store.
struct Key {
    public: PublicKey,
    /// Its private half, if it was made here.
    made: Option<Made>,
}

struct Made {
    /// `None`: it went to standard output.
    files: Option<KeyFiles>,
    encrypted: bool,
}

async fn create(context: &mut Context, provider: &Provider, args: SshKeyCreateArgs) -> Result<()> {
    let SshKeyCreateArgs { name, generate, public_key, new_key, mode } = args;
    let mut brought = public_key.as_ref().map(|source| read_public_key(context, source)).transpose()?;
    let mut path = None;
    if let (Some(name), None) = (&name, &brought) {
        path = Some(match target(context, &new_key, Some(name)) {
            // Where a second run is fine, the files of the first are not an error either.
            Err(error) if !mode.if_not_exists => return Err(with_fate_of(context, name, error).await),
            path => path,
        });
    }
    if !mode.dry_run {
        context.ensure_token()?;
    }
    let passphrase = passphrase(context, &new_key)?;
    let client = context.client_if(mode.dry_run).await?;
    let is_open = name.is_none()
        || brought.is_none() && (!generate || passphrase.as_ref().is_some_and(Gathered::is_open));
    if is_open && !mode.dry_run {
        context.tell_place();
    }
    let look = async |client: &AuthenticatedClient, name: &CredentialName| find(client, provider, name).await;
    let (name, there) = ask::new_name(context, client.as_ref(), name, (mode, is_open), look).await?;
    if let Some(there) = there.as_ref().filter(|_| !mode.dry_run) {
        return already_there(context, there);
    }
    if brought.is_none() && !generate {
        brought = ask_key(context)?;
    }
    if let Some(public) = &brought {
        let doubts = [public.warning(), provider.ssh_keys.doubt(provider.title, &public.algorithm())];
        doubts.iter().flatten().for_each(|doubt| context.output.warn(doubt));
    }
    let Some(client) = client.filter(|_| !mode.dry_run) else {
        let line = brought.map_or_else(|| "<made when this is run>".to_owned(), |key| key.to_line());
        let request = routes::create_ssh_key(provider.names(), &name, &line);
        return context.preview(&request, there.as_ref().map(|there| there.view.credential.name()));
    };
    let key = if let Some(public) = brought {
        Key { public, made: None }
    } else {
        let path = path.unwrap_or_else(|| target(context, &new_key, Some(&name)))?;
        make(context, passphrase, path, name.as_str())?
    };
    let line = key.public.to_line();
    let request = routes::create_ssh_key(provider.names(), &name, &line);
    if let Err(error) = client.send(&request).await {
        // A private key that has left by standard output would be taken for the one in use.
        let is_shown = matches!(key.made, Some(Made { files: None, .. }));
        let (error, place) = (after_failure(error, key.made), context.place());
        if is_shown && mode.if_not_exists {
            return Err(name::unnamed(error, true, &place));
        }
        let look = async || look(&client, &name).await;
        let there = name::made_by_another(error, mode.if_not_exists, &place, look).await?;
        return already_there(context, &there);
    }
    context.output.note(&format!("Stored the {} SSH key {name}{}.", provider.title, context.place()));
    let found = show::read_back(context, find(&client, provider, &name).await);
    let id = found.map(|found| found.view.credential.id().to_owned());
    show(context, name.as_str(), Some(provider), id, &key)
}

/// Lets a person choose whether a pair is made (`None`) or a public key is given.
fn ask_key(context: &Context) -> Result<Option<PublicKey>> {
    let ways = ["a new pair, made on this machine", "a public key that you have"].map(str::to_owned);
    if context.terminal.choose("Which key", &ways)? == 0 {
        context.invocation.asked("--generate", "");
        return Ok(None);
    }
    let (text, key) = context.terminal.ask_text("Public key, or the path of its file", |text| {
        let is_key =
            text.split_once(' ').is_some_and(|(kind, _)| kind.contains("ssh-") || kind.contains("-sha2-"));
        let text = if is_key { text.to_owned() } else { format!("@{}", unquoted_path(text).display()) };
        let Ok(source) = text.parse::<PublicKeySource>();
        let key = read_public_key(context, &source).map_err(|e| Error::usage("").cause(e.in_one_line()))?;
        Ok((text, key))
    })?;
    context.invocation.asked("--public-key", &text);
    Ok(Some(key))
}

/// The error of a place that is taken, with what becomes of the name: both may need another.
async fn with_fate_of(context: &mut Context, name: &CredentialName, error: Error) -> Error {
    if context.ensure_token().is_err() {
        return error;
    }
    let Ok(client) = context.client().await else { return error };
    match client.send_in_passing(&routes::name_check(name)).await {
        Ok(check) if !check.valid => error.cause(format!("{} too", name::refused(name, &check, ""))),
        _ => error,
    }
}

fn already_there(context: &Context, present: &SshKeyView) -> Result<()> {
    let (name, place) = (named(present.view.credential.name()), context.place());
    context.output.note(&format!("The SSH key {name} exists already{place}; nothing was changed."));
    context.done(Action::Unchanged, KeyView::of_stored(present))
}

async fn find(
    client: &AuthenticatedClient,
    provider: &Provider,
    name: &CredentialName,
) -> Result<Option<SshKeyView>> {
    let all = client.send(&routes::ssh_keys(provider.names())).await?;
    let found = all.into_iter().find(|key| key.credential.name() == name.as_str());
    Ok(found.map(|key| SshKeyView::new(provider, key)))
}

/// Removes the files of a key that the platform refused, and keeps those of one that it may have stored.
fn after_failure(error: Error, made: Option<Made>) -> Error {
    let Some(made) = made else { return error };
    let is_unknown = error.kind() == ErrorKind::OutcomeUnknown;
    let Some(files) = made.files else {
        return error.hint(if is_unknown {
            "keep the private key written to standard output, in case it was"
        } else {
            "the private key written to standard output is not in use"
        });
    };
    let path = files.private().display().to_string();
    if is_unknown {
        return error.hint(format!("the private key is kept in {path}, in case it was"));
    }
    error.hint(match files.undo() {
        Ok(()) => format!("the key files just written were removed again: {path}, {path}.pub"),
        Err(undo) => format!("the key files just written could not be removed: {path}, {path}.pub: {undo}"),
    })
}

fn generate(context: &Context, name: Option<&CredentialName>, args: &NewKeyArgs) -> Result<()> {
    let target = target(context, args, name)?;
    let comment = match (name, &target) {
        (Some(name), _) => name.to_string(),
        (None, Some(path)) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        (None, None) => "ankra".to_owned(),
    };
    let passphrase = passphrase(context, args)?;
    let key = make(context, passphrase, target, &comment)?;
    show(context, &comment, None, None, &key)
}

/// Returns the file for a new private key, or `None` for standard output. Refuses an existing file.
fn target(context: &Context, args: &NewKeyArgs, name: Option<&CredentialName>) -> Result<Option<PathBuf>> {
    let path = match (&args.private_key_file, name) {
        (Some(path), _) if path.as_os_str() == "-" => {
            // What cannot be had again is not written to where nobody reads it.
            if is_discarded() {
                return Err(Error::usage("the private key would be lost: standard output leads nowhere")
                    .hint("write it to a file with --private-key-file PATH, or connect standard output"));
            }
            return Ok(None);
        }
        (Some(path), _) => files::expanded(path),
        (None, Some(name)) => key_file(&context.settings.paths.ssh()?, name),
        (None, None) => return Err(Error::usage("missing: --name or --private-key-file")),
    };
    KeyFiles::ensure_free(&path).map_err(|error| match error.kind() {
        ErrorKind::Usage => error.with_hints([
            "choose another path with --private-key-file PATH, or move what is there away".into(),
        ]),
        _ => error,
    })?;
    Ok(Some(path))
}

/// Where the private key `name` is, unless a person names another file.
pub(super) fn key_file(folder: &Path, name: &CredentialName) -> PathBuf {
    folder.join(format!("ankra_{name}"))
}

/// Makes a pair and writes it durably to `target` before anything else is done with it.
fn make(
    context: &Context,
    passphrase: Option<Gathered<'_>>,
    target: Option<PathBuf>,
    comment: &str,
) -> Result<Key> {
    let passphrase = passphrase.map(|found| new_passphrase(context, found)).transpose()?;
    leaving_no_trace(|| {
        let pair = KeyPair::generate(comment)?;
        let tell = |text: &str| context.output.warn(text);
        let write = |path: PathBuf| KeyFiles::write(&path, &pair, passphrase.as_ref(), &tell);
        let files = target.map(write).transpose()?;
        if files.is_none() {
            context.output.raw(pair.to_openssh(passphrase.as_ref())?.as_bytes())?;
        }
        Ok(Key { public: pair.public_key(), made: Some(Made { files, encrypted: passphrase.is_some() }) })
    })
}

/// Returns the passphrase that was found, else asks for it twice.
fn new_passphrase(context: &Context, found: Gathered<'_>) -> Result<Secret> {
    if let Some(passed) = found.unasked() {
        return Ok(context.told(&PASSPHRASE, passed));
    }
    let take = |text: &str| Ok(pass(text, &PASSPHRASE, false)?.value);
    let secret = context.terminal.ask_new_secret(PASSPHRASE.label, take)?;
    context.invocation.asked(&PASSPHRASE.flag(), "SOURCE");
    Ok(secret)
}

/// Reads the passphrase, if one is wanted; a person is not asked for it yet.
fn passphrase(context: &Context, args: &NewKeyArgs) -> Result<Option<Gathered<'static>>> {
    let source = match (&args.passphrase_from, args.passphrase) {
        (Some(source), _) => source.clone(),
        (None, true) => SecretSource::Prompt,
        (None, false) => return Ok(None),
    };
    secrets::find_one(context, &PASSPHRASE, source).map(Some)
}

/// Reports a key. With the private key on standard output, that is all that goes there.
fn show(
    context: &Context,
    name: &str,
    provider: Option<&Provider>,
    id: Option<String>,
    key: &Key,
) -> Result<()> {
    let (fingerprint, fingerprint_md5) = (key.public.fingerprint(), key.public.fingerprint_md5());
    let public_key = key.public.to_line();
    if let Some(Made { files: None, encrypted }) = key.made {
        let what = if encrypted { "encrypted private key" } else { "private key" };
        context.output.note(&format!("Wrote the {what} to standard output."));
        context.output.note(&format!("Fingerprint: {fingerprint}"));
        context.output.note(&format!("MD5 fingerprint: {fingerprint_md5}"));
        context.output.note(&format!("Public key: {public_key}"));
        return Ok(());
    }
    let files = key.made.as_ref().and_then(|made| made.files.as_ref());
    let view = KeyView {
        name: name.to_owned(),
        provider: provider.map(|provider| ssh_keys_of(provider.slug)),
        id,
        algorithm: Some(key.public.algorithm()),
        fingerprint: Some(fingerprint),
        fingerprint_md5: Some(fingerprint_md5),
        public_key: Some(public_key),
        private_key_file: files.map(|files| files.private().display().to_string()),
        public_key_file: files.map(|files| files.public().display().to_string()),
        encrypted: key.made.as_ref().map(|made| made.encrypted),
    };
    // Without a provider nothing was stored anywhere.
    if provider.is_some() { context.done(Action::Created, view) } else { context.output.item(&view) }
}

/// What is read may be a private key, given by mistake.
fn read_public_key(context: &Context, source: &PublicKeySource) -> Result<PublicKey> {
    let (bytes, from) = match source {
        PublicKeySource::Text(text) => return PublicKey::parse(text),
        PublicKeySource::Stdin => (files::drain(stdin(), PUBLIC_KEY_LIMIT), "standard input".to_owned()),
        PublicKeySource::File(path) => {
            let path = files::expanded(path);
            let bytes = files::open(&path, context.deadline.left())
                .and_then(|file| files::drain(file, PUBLIC_KEY_LIMIT));
            (bytes, path.display().to_string())
        }
    };
    let unread = |why: Error| why.with_message(format!("cannot read the public key from {from}"));
    let mut bytes = bytes.map_err(unread)?;
    let text = files::commented_text(&mut bytes, files::behind_key).map_err(unread)?;
    // As in authorized_keys, a line may be a comment.
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    PublicKey::parse(&Zeroizing::new(lines.join("\n")))
}
