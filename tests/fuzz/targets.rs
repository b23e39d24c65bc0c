//! What is fuzzed, and what must hold for any bytes. cargo-fuzz runs these by
//! `fuzz_targets/`; the ordinary tests run them with generated input and a fixed budget.

use std::time::Duration;

use ankra::testing::{
    http,
    output::{sanitise, shorten, sieved},
    platform::{self, BaseUrl, CredentialId, CredentialName, OrganisationId, TokenId},
    providers::{
        ALL, RegistryUrl,
        registry_logins::{DockerConfig, Kept, RegistryHost, read_answer, read_list},
        registry_realm::{Allowed, TokenHost, decide},
    },
    secret::{SecretSource, Wanted, gather, pass},
    settings::{Environment, LoginFile, Settings, official_login},
    ssh::PublicKey,
};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 23] = [
    ("sanitiser", sanitiser),
    ("sink", sink),
    ("bundle", bundle),
    ("base_url", base_url),
    ("registry_url", registry_url),
    ("names_and_ids", names_and_ids),
    ("settings_file", settings_file),
    ("login_file", login_file),
    ("official_file", official_file),
    ("answers", answers),
    ("lists", lists),
    ("retry_after", retry_after),
    ("public_key", public_key),
    ("secret_source", secret_source),
    ("registry_logins", registry_logins),
    ("proxy", proxy),
    ("no_proxy", no_proxy),
    ("token_realm", token_realm),
    ("sign_in_page", sign_in_page),
    ("hcloud_file", hcloud_file),
    ("ovh_conf", ovh_conf),
    ("doctl_file", doctl_file),
    ("upctl_file", upctl_file),
];

/// Nothing that acts on a terminal passes, and what passed once passes unchanged again.
pub fn sanitiser(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let clean = sanitise(&text);
    assert!(!clean.chars().any(|c| c.is_control() || is_invisible(c)), "{clean:?}");
    assert_eq!(sanitise(&clean), clean);
    let short = shorten(&text, 20);
    assert!(!short.chars().any(|c| c.is_control() || is_invisible(c)), "{short:?}");
}

/// Behind a sink, a text has nothing that acts on a terminal and no run of a secret: the first characters are one.
pub fn sink(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let secret: String = text.chars().take(24).collect();
    for shown in sieved(&secret, &format!("{text} {}", text.escape_unicode())) {
        assert!(!shown.chars().any(|c| c.is_control() || is_invisible(c)), "{shown:?}");
        // What stands for something else ends a run.
        let shown = shown.replace("<redacted>", "\n").replace("\\u{", "\n").to_ascii_lowercase();
        let pieces: Vec<&str> = shown.split('\n').flat_map(|piece| piece.split('}')).collect();
        for run in secret.to_ascii_lowercase().as_bytes().windows(12).filter(|run| run.is_ascii()) {
            let varied: std::collections::BTreeSet<&u8> = run.iter().collect();
            let run = String::from_utf8_lossy(run);
            let is_shown = pieces.iter().any(|piece| piece.contains(&*run));
            assert!(varied.len() < 4 || !is_shown, "{run:?} in {shown:?}");
        }
    }
}

/// Any bytes are a bundle of secrets or not; what is taken from one would be taken again as it is.
pub fn bundle(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let path = dir.path().join("bundle");
    if std::fs::write(&path, data).is_err() {
        return;
    }
    for provider in ALL {
        let wanted: Vec<Wanted<'_>> = provider
            .secrets
            .iter()
            .map(|field| Wanted { is_optional: true, ..Wanted::new(field, None) })
            .collect();
        let Ok(found) =
            gather(&wanted, Some(&SecretSource::File(path.clone())), false, false, Duration::ZERO)
        else {
            continue;
        };
        for one in found {
            let field = one.field;
            let Some(passed) = one.unasked() else { continue };
            let again = pass(passed.value.expose(), field, false).expect("a value that was taken");
            assert!(again.cut.is_empty() && again.value.same_as(&passed.value), "{}", field.name);
        }
    }
}

fn is_invisible(c: char) -> bool {
    matches!(u32::from(c), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x2069 | 0xfeff | 0xe0000..=0xe007f)
}

/// An address that is accepted is https or loopback, has no credentials, and says so again.
pub fn base_url(data: &[u8]) {
    let Ok(base) = String::from_utf8_lossy(data).parse::<BaseUrl>() else { return };
    let text = base.to_string();
    assert!(text.starts_with("https://") || base.is_loopback());
    assert!(!text.contains(['@', '?', '#']), "{text}");
    assert_eq!(text.parse::<BaseUrl>().map(|again| again.to_string()).ok(), Some(text));
}

/// An address that is accepted is encrypted or on this machine, has no credentials and no way up,
/// and is the same when it is read again.
pub fn registry_url(data: &[u8]) {
    let Ok(url) = String::from_utf8_lossy(data).parse::<RegistryUrl>() else { return };
    assert!(!url.may_be_plain() || url.is_loopback());
    let text = url.to_string();
    assert!(!text.contains(['@', '?', '#', '\\']) && !text.contains(char::is_whitespace), "{text}");
    assert!(!url.path().split('/').any(|part| part == "." || part == ".."), "{text}");
    assert_eq!(text.parse::<RegistryUrl>().ok(), Some(url));
}

/// A name or id that is accepted cannot leave its place in a path.
pub fn names_and_ids(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if let Ok(name) = text.parse::<CredentialName>() {
        assert!(plain(name.as_str()) && name.as_str() == text);
    }
    if let Some(near) = CredentialName::nearest(&text) {
        assert!(near.as_str().parse::<CredentialName>().is_ok());
    }
    let ids = [
        text.parse::<CredentialId>().map(|id| id.to_string()),
        text.parse::<OrganisationId>().map(|id| id.to_string()),
        text.parse::<TokenId>().map(|id| id.to_string()),
    ];
    for id in ids.into_iter().flatten() {
        assert!(plain(&id) && id.len() == 36, "{id}");
    }
}

/// Any bytes in the settings file are read or refused.
pub fn settings_file(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let path = dir.path().join("config.toml");
    if std::fs::write(&path, data).is_ok() {
        let args = ["ankra".into(), "--config".into(), path.into_os_string(), "status".into()];
        let cli = ankra::testing::cli::parse(args).expect("a good command line");
        let _ = Settings::resolve(&cli.global, &Environment::default());
    }
}

/// Any bytes in the login file are read or refused; a refusal repeats none of them.
pub fn login_file(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let path = dir.path().join("login.toml");
    if std::fs::write(&path, data).is_ok()
        && let Err(error) = LoginFile::of(path, None).load()
    {
        let text = String::from_utf8_lossy(data);
        let said = format!("{error:?}");
        assert!(!text.split_whitespace().any(|word| word.len() > 11 && said.contains(word)), "{said}");
    }
}

/// Any bytes in the official CLI's file are used, passed over or ignored with one warning that repeats none.
pub fn official_file(data: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    let path = dir.path().join(".ankra.yaml");
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    if std::fs::write(&path, data).and_then(|()| std::fs::set_permissions(&path, private)).is_ok() {
        let (warnings, is_used) = official_login(dir.path());
        assert!(warnings.len() <= 1 && !(is_used && warnings.len() == 1), "{warnings:?}");
        let text = String::from_utf8_lossy(data);
        let known = "its token base-url no text: put it in quotes";
        let repeated =
            |word: &str| word.len() > 11 && !known.contains(word) && warnings.concat().contains(word);
        assert!(!text.split_whitespace().any(repeated), "{warnings:?}");
    }
}

/// Any bytes as an answer are decoded or refused.
pub fn answers(data: &[u8]) {
    platform::fuzz::decode_answer(data);
}

/// A list is the same list wherever the network cuts it.
pub fn lists(data: &[u8]) {
    let whole = platform::fuzz::decode_list(&[data]);
    let cut = data.len() / 2;
    assert_eq!(whole, platform::fuzz::decode_list(&[&data[..cut], &data[cut..]]));
}

/// Any header is a time to wait, or none.
pub fn retry_after(data: &[u8]) {
    platform::fuzz::read_retry_after(data);
}

/// A key that is accepted comes back as the same key.
pub fn public_key(data: &[u8]) {
    let Ok(key) = PublicKey::parse(&String::from_utf8_lossy(data)) else { return };
    let again = PublicKey::parse(&key.to_line()).expect("a key that was accepted");
    assert_eq!(again.fingerprint(), key.fingerprint());
}

/// Any text is a source or not; neither form repeats it.
pub fn secret_source(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Err(error) = text.parse::<SecretSource>() {
        assert!(text.len() < 12 || !format!("{error:?}").contains(text.as_ref()));
    }
}

/// Any bytes are a login file, or an answer of a helper, or neither. A registry's name that is
/// accepted is the same name again, and a login that is kept can be stored.
pub fn registry_logins(data: &[u8]) {
    let fit = |kept: &Kept| {
        if let Kept::Login(login) = kept {
            assert!(
                !login.username.is_empty() && !login.username.contains(|c: char| c == ':' || c.is_control())
            );
            assert!(!login.password.expose().is_empty() && !login.password.expose().contains('\0'));
        }
    };
    let named = |host: &RegistryHost| {
        let text = host.to_string();
        assert!(text.bytes().all(|b| b.is_ascii_graphic()), "{text}");
        assert_eq!(text.parse::<RegistryHost>().as_ref(), Ok(host));
        assert!(host.serves(host).is_some() && host.servers().iter().all(|name| !name.contains('\n')));
    };
    if let Ok(Ok(host)) = std::str::from_utf8(data).map(str::parse::<RegistryHost>) {
        named(&host);
    }
    if let Ok(file) = DockerConfig::parse(data) {
        for host in file.hosts().into_keys() {
            named(&host);
            file.find(&host).kept.iter().for_each(|kept| fit(kept));
        }
    }
    read_answer(data).ok().flatten().iter().for_each(fit);
    read_list(data).unwrap_or_default().iter().for_each(|(host, _)| named(host));
}

/// The value of a proxy variable that is accepted is used as it was read, and is what a URL parser reads.
pub fn proxy(data: &[u8]) {
    http::fuzz::read_proxy(&String::from_utf8_lossy(data));
}

/// Any list of hosts that no proxy is used for is read.
pub fn no_proxy(data: &[u8]) {
    http::fuzz::read_no_proxy(&String::from_utf8_lossy(data));
}

/// A password goes for a token to the registry's host, the known one or the named one, with no user of the
/// address's own, and to plain http from plain http on this machine alone.
pub fn token_realm(data: &[u8]) {
    const HOSTS: [&str; 16] = [
        "r.example",
        "R.Example",
        "r.example.",
        "sub.r.example",
        "r.example.evil",
        "auth.example",
        "auth.example.evil",
        "gitlab.example",
        "r.example@gitlab.example",
        "u:p@r.example",
        "r.example\\@evil.example",
        "127.0.0.1",
        "127.0.0.2",
        "0x7f.1",
        "localhost",
        "[::1]",
    ];
    const PORTS: [&str; 8] = ["", "", ":443", ":80", ":5000", ":8443", ":0", ":65536"];
    // FNV-1a: each byte has a say in each choice.
    let mut seed = data.iter().fold(0xcbf2_9ce4_8422_2325_u64, |seed, byte| {
        (seed ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mut pick = |from: &[&'static str]| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from[usize::try_from(seed >> 33).unwrap_or(0) % from.len()]
    };
    let text = String::from_utf8_lossy(data);
    let registry = [pick(&["oci://", "https://", "http://"]), pick(&HOSTS), pick(&PORTS)].concat();
    let Ok(registry) = registry.parse::<RegistryUrl>() else { return };
    let plain = registry.may_be_plain() && pick(&["http", "https"]) == "http";
    let base = format!("{}://{}", if plain { "http" } else { "https" }, registry.authority());
    let Ok(base) = base.parse::<url::Url>() else { return };
    let known = Some("auth.example").filter(|_| pick(&["", "known"]) == "known");
    let named = [pick(&HOSTS), pick(&PORTS)].concat().parse::<TokenHost>().ok();
    let scheme = pick(&["https://", "https://", "http://", "HTTPS:", "http:/", "ftp://", "file://", ""]);
    let realm = match pick(&["host", "host", "own", "own", "text", "before"]) {
        "host" => [scheme, pick(&HOSTS), pick(&PORTS), "/", &text].concat(),
        "own" => [scheme, registry.host(), pick(&PORTS), "/", &text].concat(),
        "text" => text.to_string(),
        _ => [scheme, &text, pick(&HOSTS), pick(&PORTS), "/token"].concat(),
    };
    let Ok(realm) = realm.parse::<url::Url>() else { return };
    let Ok(allowed) = decide(&realm, &base, known, named.as_ref()) else { return };

    assert!(realm.username().is_empty() && realm.password().is_none(), "{realm}");
    let is_here = |url: &url::Url| match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.octets()[0] == 127,
        Some(url::Host::Ipv6(ip)) => ip == std::net::Ipv6Addr::LOCALHOST,
        None => false,
    };
    match realm.scheme() {
        "https" => {}
        "http" => assert!(base.scheme() == "http" && is_here(&base) && is_here(&realm), "{base} {realm}"),
        other => panic!("{other}: {base} {realm}"),
    }
    let (host, port) = (realm.host_str().unwrap_or_default(), realm.port_or_known_default().unwrap_or(0));
    let is_own = Some(host) == base.host_str();
    match allowed {
        Allowed::Registry => assert!(is_own && Some(port) == base.port_or_known_default(), "{base} {realm}"),
        Allowed::OtherPort => assert!(is_own, "{base} {realm}"),
        Allowed::Known => assert!(known == Some(host) && port == 443, "{base} {realm}"),
        Allowed::Named => {
            let named = named.expect("a host that was named").to_string();
            let usual = if realm.scheme() == "https" { 443 } else { 80 };
            assert!(named == format!("{host}:{port}") || named == host && port == usual, "{named} {realm}");
        }
    }
}

/// A person is sent to the platform or to the host that it names, and the address is one word of plain letters.
pub fn sign_in_page(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let base: BaseUrl = "https://platform.example:8443".parse().expect("it is one");
    let (before, behind) =
        text.split_at((text.len() / 2..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0));
    for address in [
        text.clone().into_owned(),
        format!("https://platform.example:8443/{text}"),
        format!("https://{text}"),
    ] {
        for identity in [before, behind, "login.example"] {
            let Some(page) = platform::fuzz::read_sign_in_page(&address, identity, &base) else { continue };
            assert!(page.bytes().all(|byte| byte.is_ascii_graphic()), "{page}");
            let own = page.starts_with("https://platform.example:8443/");
            let named = format!("https://{}/", identity.to_ascii_lowercase());
            assert!(own || page.starts_with(&named), "{page} {identity:?}");
        }
    }
}

/// Any text is a file of `provider`'s tool or not; no reason repeats it, and what is taken stands in it.
fn tool_file(provider: &str, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let import = ALL.iter().find(|known| known.slug == provider).and_then(|known| known.import);
    let read = import.expect("its tool is known").read;
    let is_silent = |why: &str| !text.split_whitespace().any(|word| word.len() > 11 && why.contains(word));
    let config = match read(&text) {
        Ok(config) => config,
        Err(why) => return assert!(is_silent(&why), "{why}"),
    };
    let values = config.entries.iter().flat_map(|entry| &entry.values).chain(&config.top);
    for (key, value) in values {
        match value {
            // Escapes and folded lines stand there in another way.
            Ok(taken) if !text.contains(['\\', '\n', '\r', '\'']) => {
                assert!(text.contains(taken.expose()), "{key}");
            }
            Ok(_) => {}
            Err(why) => assert!(is_silent(why), "{why}"),
        }
    }
    let mut names: Vec<&str> = config.entries.iter().map(|entry| entry.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), config.entries.len(), "a name stands there twice");
}

/// As [`tool_file`], of hcloud.
pub fn hcloud_file(data: &[u8]) {
    tool_file("hetzner", data);
}

/// As [`tool_file`], of what OVH's tools share.
pub fn ovh_conf(data: &[u8]) {
    tool_file("ovh", data);
}

/// As [`tool_file`], of doctl.
pub fn doctl_file(data: &[u8]) {
    tool_file("digitalocean", data);
}

/// As [`tool_file`], of upctl.
pub fn upctl_file(data: &[u8]) {
    tool_file("upcloud", data);
}
