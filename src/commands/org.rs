//! `ankra org`

use super::{
    Context,
    cache::keep_organisations,
    context::{WIDEST_TITLE, pick},
    records::{ChosenView, OrganisationView},
};
use crate::{
    cli::{OrgCommand, ShapeOptions},
    error::{Error, Result, Run},
    output::{named, shorten},
    platform::{Organisation, OrganisationRef, routes},
    settings::{Acting, ChosenBy, Profile, SavedOrganisation, TokenSource},
};

pub(super) async fn run(context: &mut Context, command: OrgCommand) -> Result<()> {
    match command {
        OrgCommand::List(shape) => list(context, &shape).await,
        OrgCommand::Use { organisation } => choose(context, &organisation).await,
        OrgCommand::Current => current(context).await,
    }
}

/// The one of `all` that commands act in; `None` where it is not among them.
///
/// # Errors
/// As [`pick`], where it was chosen by name.
pub(super) fn acted_in<'a>(acting: &Acting, all: &'a [Organisation]) -> Result<Option<&'a Organisation>> {
    Ok(match &acting.wanted {
        Some(OrganisationRef::Id(id)) => {
            let id = id.to_string();
            all.iter().find(|org| org.organisation_id.eq_ignore_ascii_case(&id))
        }
        Some(OrganisationRef::Name(name)) => Some(pick(all, name)?),
        None => all.iter().find(|org| org.user_current == Some(true)),
    })
}

/// Who chose the organisation; `None`: it is the token's own.
pub(super) fn chosen_by(acting: &Acting) -> Option<&'static str> {
    match acting.by {
        ChosenBy::Nobody => None,
        ChosenBy::Flag => Some("--org"),
        ChosenBy::Environment => Some("ANKRA_ORG"),
        ChosenBy::SettingsFile => Some("the settings file"),
        ChosenBy::Login => Some("the saved login"),
        ChosenBy::OfficialCli => Some("the official CLI's org switch"),
    }
}

/// Warns that the organisation that was chosen is not among the person's, if one was chosen.
pub(super) fn warn_of_foreign(context: &Context) {
    let acting = &context.settings.organisation;
    let Some(wanted) = &acting.wanted else { return };
    let title = shorten(acting.title.as_deref().unwrap_or(&wanted.to_string()), WIDEST_TITLE).to_string();
    let by = chosen_by(acting).unwrap_or_default();
    let other = another(acting).map(|run| format!(": choose another with {}", context.invocation.line(&run)));
    let other = other.unwrap_or_default();
    context.output.warn(&format!("the organisation {title}, chosen by {by}, is not one of yours{other}"));
}

/// What chooses another organisation where a sign-in chose one.
fn another(acting: &Acting) -> Option<Run> {
    (acting.by == ChosenBy::Login).then(|| Run::new("org use").arg("NAME"))
}

async fn list(context: &mut Context, shape: &ShapeOptions) -> Result<()> {
    let layout = shape.layout::<OrganisationView>()?;
    let client = context.client_of_own_organisation().await?;
    let all = client.send(&routes::organisations()).await?;
    keep_organisations(&context.settings, &all);
    let acting = &context.settings.organisation;
    // What is there is shown all the more where the one that is wanted is not.
    let current = acted_in(acting, &all).unwrap_or_default().map(|org| org.organisation_id.clone());
    if current.is_none() {
        warn_of_foreign(context);
    }
    let mut views: Vec<OrganisationView> = all
        .into_iter()
        .map(|organisation| {
            let is_current = current.as_ref() == Some(&organisation.organisation_id);
            OrganisationView { organisation, current: is_current }
        })
        .collect();
    views.sort_by_key(|one| {
        (one.organisation.title().to_lowercase(), one.organisation.organisation_id.clone())
    });
    if views.is_empty() {
        context.output.note("No organisations.");
    }
    context.output.list(&views, &layout)
}

async fn current(context: &mut Context) -> Result<()> {
    let client = context.client_of_own_organisation().await?;
    let all = client.send(&routes::organisations()).await?;
    keep_organisations(&context.settings, &all);
    let acting = &context.settings.organisation;
    let Some(found) = acted_in(acting, &all)? else {
        return Err(match &acting.wanted {
            // By now it names one that the person does not belong to.
            Some(wanted) => {
                let by = chosen_by(acting).unwrap_or_default();
                let refused = pick(&all, &wanted.to_string()).err();
                let error = refused.unwrap_or_else(|| Error::failure("the organisation is not known"));
                let error = error.with_outer_cause(format!("it was chosen by {by}"));
                let error = match &acting.title {
                    Some(title) => error.with_message(format!(
                        "there is no organisation {} that you belong to",
                        shorten(title, WIDEST_TITLE)
                    )),
                    None => error,
                };
                another(acting).into_iter().fold(error, |error, run| error.run("choose another with", run))
            }
            None => Error::failure("the platform does not tell in which organisation commands act")
                .run("choose one with", Run::new("org use").arg("NAME")),
        });
    };
    context.output.item(&view(context, found, chosen_by(acting), client.base().to_string()))
}

fn view(
    context: &Context,
    organisation: &Organisation,
    chosen_by: Option<&'static str>,
    platform: String,
) -> ChosenView {
    let settings = &context.settings;
    let token = settings.token.as_ref().map(|found| found.source);
    let is_of_profile = matches!(token, Some(TokenSource::Saved | TokenSource::Command));
    ChosenView {
        organisation: organisation.title().to_owned(),
        organisation_id: organisation.organisation_id.clone(),
        slug: organisation.slug.clone(),
        role: organisation.role.clone(),
        chosen_by,
        profile: is_of_profile.then(|| profile_name(context).to_owned()),
        platform: if settings.sandbox { "the sandbox".to_owned() } else { platform },
    }
}

fn profile_name(context: &Context) -> &str {
    context.settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name)
}

/// Keeps the choice with the saved login, whose token alone is asked with: that of a variable may be another
/// user's.
async fn choose(context: &Context, wanted: &OrganisationRef) -> Result<()> {
    let settings = &context.settings;
    if settings.sandbox {
        return Err(Error::usage("the sandbox has no login with which a choice could be kept")
            .hint("choose for one command with --org NAME, or for a shell with ANKRA_ORG"));
    }
    if context.invocation.has("--org") {
        return Err(Error::usage("--org chooses for one command alone, and org use for those to come")
            .hint("leave out --org, and name the organisation behind org use"));
    }
    let file = settings.login_file()?;
    let Some(saved) = file.load()? else {
        let of = settings.profile.as_ref().map(|one| format!(" for profile {one}")).unwrap_or_default();
        return Err(Error::usage(format!("no login is saved{of}, with which a choice could be kept"))
            .hint("choose for one command with --org NAME, or for a shell with ANKRA_ORG")
            .run("or sign in with", Run::new("login")));
    };
    if settings.base_url != saved.base_url {
        let (own, given) = (&saved.base_url, &settings.base_url);
        return Err(Error::usage(format!("the saved login is for {own}, not for {given}"))
            .hint("the address is that of --base-url, ANKRA_BASE_URL or the settings file")
            .run("see what there is with", Run::new("status")));
    }
    let token = saved.held.read(None)?;
    let client = context.client_with(saved.base_url.clone(), &token, Some(TokenSource::Saved))?;
    let all = client.send(&routes::organisations()).await?;
    let found = pick(&all, &wanted.to_string())?;
    let organisation =
        SavedOrganisation { id: found.organisation_id.parse()?, title: found.title().to_owned() };
    file.choose(&saved, &organisation, (all.len() > 1, found.role.as_deref()), &context.patience())?;

    let title = shorten(&organisation.title, WIDEST_TITLE);
    let role = found.role.as_deref().map(|role| format!(" (your role: {})", named(role)));
    let role = role.unwrap_or_default();
    let profile = profile_name(context);
    context.output.note(&format!("Commands of the profile {profile} now act in organisation {title}{role}."));
    context.output.note("So do those in other terminals that use this profile.");
    tell_what_wins(context);
    if context.output.options().format.is_table() {
        return Ok(());
    }
    let by = chosen_by(&Acting { by: ChosenBy::Login, ..Acting::default() });
    let view = view(context, found, by, saved.base_url.to_string());
    context.output.item(&ChosenView { profile: Some(profile.to_owned()), ..view })
}

/// Warns where commands will not follow the choice.
fn tell_what_wins(context: &Context) {
    let settings = &context.settings;
    let chosen_elsewhere = match settings.organisation.by {
        ChosenBy::Environment => Some("ANKRA_ORG is set, and wins until you unset it"),
        ChosenBy::SettingsFile => Some("org in the settings file wins until you remove it there"),
        _ => None,
    };
    let of_another_token = match settings.token.as_ref().map(|found| found.source) {
        Some(TokenSource::Environment) => {
            Some("ANKRA_API_TOKEN is set: commands do not use the saved login until you unset it")
        }
        Some(TokenSource::Command) => {
            Some("token-command is in the settings file: commands do not use the saved login")
        }
        _ => None,
    };
    chosen_elsewhere.iter().chain(&of_another_token).for_each(|text| context.output.warn(text));
}
