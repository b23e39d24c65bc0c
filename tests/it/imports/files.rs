//! What the files may be, for every tool alike; and what Tab offers of them.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
};

use ankra::testing::providers::ALL;

use super::{MARK, create, file, platform, refused, sent};
use crate::support::{Env, make_pipe, tool_files};

/// Of each tool: the provider, the flags, its file, and a text of it that serves.
fn tools() -> impl Iterator<Item = (&'static str, &'static str, &'static str, String)> {
    tool_files(MARK).into_iter().map(|tool| (tool.provider, tool.flags, tool.path, tool.text))
}

#[test]
fn every_tool_has_its_row_here() {
    let with_import = ALL.iter().filter(|provider| provider.import.is_some()).map(|provider| provider.slug);
    let rows = tools().map(|(provider, ..)| provider);
    assert!(with_import.eq(rows));
}

#[test]
fn files_are_only_read_and_their_exposure_is_told() {
    for (provider, flags, path, text) in tools() {
        let (env, server) = (Env::new(), platform());
        let path = file(&env, path, &text);
        let outcome = create(&server, &env, provider, flags).ok();
        assert!(!outcome.stderr.contains("warning: "), "{outcome}");
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let shown = path.display();
        let told = format!("warning: {shown} can be read or changed by other users (mode 644)");
        create(&server, &env, provider, &format!("{flags} --dry-run")).ok().says(&[&told]);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        // A link leads to it.
        let target = env.home().join("kept");
        fs::rename(&path, &target).unwrap();
        symlink(&target, &path).unwrap();
        create(&server, &env, provider, &format!("{flags} --dry-run")).ok();
    }
}

#[test]
fn what_is_no_file_of_text_is_refused_and_never_waited_for() {
    type Make = fn(&PathBuf);
    let kinds: [(&str, Make); 5] = [
        ("it is not a regular file", |path| make_pipe(path)),
        ("it is a directory", |path| fs::create_dir(path).unwrap()),
        ("it is larger than 1 MiB", |path| fs::write(path, vec![b'#'; (1 << 20) + 1]).unwrap()),
        ("it is UTF-16 text", |path| fs::write(path, b"\xff\xfea\0").unwrap()),
        ("line 2 is not UTF-8 text", |path| fs::write(path, b"\nzq9\xff").unwrap()),
    ];
    for (provider, flags, path, _) in tools() {
        for (why, make) in kinds {
            let (env, server) = (Env::new(), platform());
            let path = env.home().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            make(&path);
            let outcome = create(&server, &env, provider, flags).run();
            refused(&outcome, &server, 1, &["error: cannot read ", why]);
        }
    }
}

#[test]
fn a_mark_carriage_returns_and_latin_1_in_comments_do_no_harm() {
    for (provider, flags, path, text) in tools() {
        let (env, server) = (Env::new(), platform());
        let text = text.replace('\n', "\r\n");
        file(&env, path, [b"\xef\xbb\xbf# M\xfcller\r\n", text.as_bytes()].concat());
        create(&server, &env, provider, flags).ok();
        assert_eq!(sent(&server)["name"], "mine");
    }
}

#[test]
fn tab_offers_the_names_and_reads_nothing_else() {
    let env = Env::new();
    file(
        &env,
        ".config/hcloud/cli.toml",
        "[[contexts]]\nname=\"dev\"\ntoken=\"a\"\n[[contexts]]\nname=\"$(id)\"\ntoken=\"b\"\n",
    );
    file(&env, ".config/doctl/config.yaml", "access-token: a\nauth-contexts: {work: b}\n");
    file(
        &env,
        ".ovh.conf",
        "[default]\nendpoint=ovh-eu\n[ovh-eu]\nconsumer_key=a\n[ovh-ca]\nconsumer_key=b\n",
    );
    for (words, offered) in [
        ("credentials hetzner create --from-hcloud ", "dev\tcontext of hcloud\n"),
        ("creds do create --from-doctl w", "work\tcontext of doctl\n"),
        ("credentials ovh create --from-ovh-conf=ovh-e", "--from-ovh-conf=ovh-eu\tendpoint of ovh.conf\n"),
    ] {
        let line = format!("__complete fish ankra {words}");
        let outcome = env.ankra(line.split(' ')).ok();
        assert!(outcome.stdout.contains(offered), "{words}: {outcome}");
        assert!(!outcome.stdout.contains("$(id)"), "{outcome}");
    }
}
