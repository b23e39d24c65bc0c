//! Which token of doctl's is taken.

use super::{create, file, platform, refused, secret, sent};
use crate::support::Env;

const PLACE: &str = ".config/doctl/config.yaml";

/// The tokens of the contexts default, work and home.
fn contexts(env: &Env, context: &str) -> [String; 3] {
    let tokens = [(); 3].map(|()| format!("dop_v1_{}", secret(64)));
    let [default, work, home] = &tokens;
    let text = format!(
        "access-token: {default}\napi-url: \"\"\nauth-contexts:\n  home: {home}\n  work: {work}\ncontext: {context}\n\
         droplet:\n  create:\n    image: \"\"\noutput: text\n"
    );
    file(env, PLACE, text);
    tokens
}

#[test]
fn the_context_that_doctl_would_use_is_taken() {
    let env = Env::new();
    let own = format!("dop_v1_{}", secret(64));
    let [default, work, home] = contexts(&env, "work");
    let variable = ("DIGITALOCEAN_ACCESS_TOKEN", own.as_str());
    for (flags, variables, token, note) in [
        ("", &[][..], &work, "doctl itself would use the context work"),
        ("", &[("DIGITALOCEAN_CONTEXT", "home")], &home, "doctl itself would use the context home"),
        ("", &[("DIGITALOCEAN_CONTEXT", "default")], &default, "doctl itself would use the context default"),
        // The variable is that of the default context alone.
        ("", &[variable], &work, "DIGITALOCEAN_ACCESS_TOKEN is passed over: the context work is taken.\n"),
        (
            "",
            &[variable, ("DIGITALOCEAN_CONTEXT", "default")],
            &own,
            "DIGITALOCEAN_ACCESS_TOKEN counts before what ~/.config/doctl/config.yaml has.\n",
        ),
        (
            "default",
            &[variable],
            &default,
            "DIGITALOCEAN_ACCESS_TOKEN is passed over: the context default was named.\n",
        ),
        (
            "HOME",
            &[variable, ("DIGITALOCEAN_CONTEXT", "work")],
            &home,
            "DIGITALOCEAN_ACCESS_TOKEN and DIGITALOCEAN_CONTEXT are passed over: the context home was named.\n",
        ),
    ] {
        let server = platform();
        let run = create(&server, &env, "digitalocean", &format!("--from-doctl {flags}"));
        variables.iter().fold(run, |run, (name, value)| run.env(name, value)).ok().says(&[note]);
        assert_eq!(sent(&server)["api_token"], *token, "{flags} {variables:?}");
    }
}

#[test]
fn a_variable_serves_where_there_is_no_file() {
    let env = Env::new();
    let own = format!("dop_v1_{}", secret(64));
    for flags in ["--from-doctl", "--from-doctl default"] {
        let server = platform();
        let run = create(&server, &env, "digitalocean", flags).env("DIGITALOCEAN_ACCESS_TOKEN", &own);
        run.ok().says(&["Taken from DIGITALOCEAN_ACCESS_TOKEN: the token.\n"]);
        assert_eq!(sent(&server)["api_token"], own);
    }
    // It is not that of another context, which is not there.
    let server = platform();
    let run = create(&server, &env, "digitalocean", "--from-doctl").env("DIGITALOCEAN_ACCESS_TOKEN", &own);
    let outcome = run.env("DIGITALOCEAN_CONTEXT", "work").run();
    let texts = [
        "DIGITALOCEAN_CONTEXT names work, which is not there",
        "cause: there is no context in ~/.config/doctl/config.yaml",
        "hint: run: ankra credentials digitalocean create --name mine --from-doctl default\n",
    ];
    refused(&outcome, &server, 2, &texts);
    // A file that cannot be read takes nothing from it, unless a context is named.
    file(&env, PLACE, "a: b: c");
    let server = platform();
    let run = create(&server, &env, "digitalocean", "--from-doctl").env("DIGITALOCEAN_ACCESS_TOKEN", &own);
    run.ok().says(&["warning: cannot read ~/.config/doctl/config.yaml"]);
    let server = platform();
    let run =
        create(&server, &env, "digitalocean", "--from-doctl work").env("DIGITALOCEAN_ACCESS_TOKEN", &own);
    refused(&run.run(), &server, 1, &["error: cannot read ~/.config/doctl/config.yaml"]);
}

#[test]
fn the_file_is_found_as_doctl_finds_it() {
    let env = Env::new();
    let token = format!("dop_v1_{}", secret(64));
    let other = file(&env, "elsewhere/doctl/config.yaml", format!("access-token: {token}\n"));
    for (name, value) in
        [("DIGITALOCEAN_CONFIG", other.clone()), ("XDG_CONFIG_HOME", env.home().join("elsewhere"))]
    {
        let server = platform();
        create(&server, &env, "digitalocean", "--from-doctl").env(name, value).ok();
        assert_eq!(sent(&server)["api_token"], token);
    }
}

#[test]
fn a_token_for_another_address_is_not_sent() {
    let (env, server) = (Env::new(), platform());
    let token = format!("dop_v1_{}", secret(64));
    file(&env, PLACE, format!("access-token: {token}\napi-url: https://do.example/v2\n"));
    let outcome = create(&server, &env, "digitalocean", "--from-doctl").run();
    refused(&outcome, &server, 2, &["is for https://do.example, not for DigitalOcean"]);
    let run = create(&server, &env, "digitalocean", "--from-doctl");
    run.env("DIGITALOCEAN_API_URL", "https://do.example/v2").ok();
    assert_eq!(sent(&server)["api_token"], token);
}

#[test]
fn a_refresh_token_is_refused_as_everywhere() {
    let (env, server) = (Env::new(), platform());
    file(&env, PLACE, format!("access-token: dor_v1_{}\n", secret(64)));
    let outcome = create(&server, &env, "digitalocean", "--from-doctl").run();
    refused(
        &outcome,
        &server,
        2,
        &["the token of the context default cannot be used", "it is a refresh token"],
    );
}
