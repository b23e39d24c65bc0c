//! `ankra profile`

use super::{Context, logout::sign_out, records::ProfileView};
use crate::{
    cli::{LogoutArgs, ProfileCommand, ProfileName, ShapeOptions},
    error::{Error, Result},
    platform::BaseUrl,
    settings::{Environment, Held, Known, Profile},
};

pub(super) async fn run(context: &mut Context, command: ProfileCommand) -> Result<()> {
    match command {
        ProfileCommand::List(shape) => list(context, &shape),
        ProfileCommand::Use { name } => choose(context, &name),
        ProfileCommand::Remove { name, revoke, local } => {
            remove(context, &name, &LogoutArgs { revoke, local, token_id: None }).await
        }
    }
}

/// Shows what is known without asking anybody.
fn list(context: &Context, shape: &ShapeOptions) -> Result<()> {
    let layout = shape.layout::<ProfileView>()?;
    let used = context.settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name);
    let all = context.settings.profiles()?;
    let views = all.into_iter().map(|(profile, known)| {
        let name = profile.name().to_owned();
        view(name == used, name, known)
    });
    let views = views.collect::<Result<Vec<_>>>()?;
    if views.is_empty() {
        context.output.note("No profiles: nobody is signed in on this machine.");
    }
    context.output.list(&views, &layout)
}

fn view(current: bool, name: String, known: Known) -> Result<ProfileView> {
    let token = known.held.as_ref().map(|held| match held {
        Held::Here(_) => "file",
        Held::Keychain(_) => "keychain",
        Held::Command(_) => "token-command",
    });
    // What is known of a login is not known of the token that a command prints.
    let about = if token == Some("token-command") { None } else { Some(known.about) };
    let about = about.unwrap_or_default();
    let base = known.base_url.map_or_else(BaseUrl::hosted, Ok)?;
    Ok(ProfileView {
        name,
        current,
        platform: base.to_string(),
        organisation: known.org.or(about.organisation.map(|chosen| chosen.title)),
        user: about.user,
        token,
        expires_at: about.expires_at,
        role: about.role,
    })
}

/// The profile called `name`, and what is known of it.
fn named(context: &Context, name: &ProfileName) -> Result<(Profile, Known)> {
    let profile: Profile = name.0.parse()?;
    let known = context.settings.profiles()?.remove(&profile);
    known.map(|known| (profile.clone(), known)).ok_or_else(|| context.settings.no_profile(&profile))
}

fn choose(context: &Context, name: &ProfileName) -> Result<()> {
    ensure_no_sandbox(context)?;
    // The default one is always there, signed in or not.
    let profile = match name.0.parse::<Profile>()? {
        profile if profile.is_default() => None,
        _ => Some(named(context, name)?.0),
    };
    let file = context.settings.login_file()?;
    file.use_profile(profile.as_ref(), &context.patience())?;
    let name = profile.as_ref().map_or(Profile::DEFAULT, Profile::name);
    context
        .output
        .note(&format!("Commands without --profile now use the profile {name}, in other terminals too."));
    if Environment::of_process().text("ANKRA_PROFILE").is_some() {
        context.output.warn("ANKRA_PROFILE is set, and wins until you unset it");
    }
    Ok(())
}

async fn remove(context: &mut Context, name: &ProfileName, args: &LogoutArgs) -> Result<()> {
    ensure_no_sandbox(context)?;
    let (profile, known) = named(context, name)?;
    let file = context.settings.login_file_of(Some(&profile))?;
    let was_chosen = file.chosen_profile().as_ref() == Some(&profile);
    // The lines that are printed mean this profile, whichever is in use.
    context.invocation.use_profile(profile.name());
    let signed_out = sign_out(context, &file, args).await;
    let was_signed_in = signed_out.map_err(|error| context.invocation.spell(error))?;
    if !was_signed_in {
        context.output.note(&format!("No login is saved for profile {profile} on this machine."));
        if was_chosen {
            file.use_profile(None, &context.patience())?;
        }
    }
    if was_chosen {
        context.output.note(&format!(
            "Commands without --profile used the profile {profile}; now they use {}.",
            Profile::DEFAULT
        ));
    }
    if known.is_in_settings
        && let Some(path) = context.settings.paths.config()
    {
        context.output.note(&format!(
            "Its table [profiles.{profile}] stays in the settings file {}, which is only ever read.",
            path.display()
        ));
    }
    Ok(())
}

fn ensure_no_sandbox(context: &Context) -> Result<()> {
    if context.settings.sandbox {
        return Err(Error::usage("the sandbox has no profiles: nobody signs in there")
            .hint("leave out --sandbox, and unset ANKRA_SANDBOX if it is set"));
    }
    Ok(())
}
