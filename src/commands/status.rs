//! `ankra status`

use super::{Context, records::StatusView};
use crate::{
    error::{Result, Run},
    platform::{OrganisationRef, routes},
    settings::{ChosenBy, Held, Profile, TokenSource},
};

/// Asks the platform who the token belongs to, with one request; the rest is known from the sign-in.
pub(super) async fn status(context: &mut Context) -> Result<()> {
    let mut client = context.client_of_own_organisation().await?;
    if let Some(OrganisationRef::Id(id)) = &context.settings.organisation.wanted {
        client.set_organisation(*id);
    }
    let organisations = client.send(&routes::organisations()).await?;
    let acting = &context.settings.organisation;
    let organisation = match &acting.wanted {
        Some(OrganisationRef::Id(id)) => {
            let id = id.to_string();
            organisations.iter().find(|org| org.organisation_id.eq_ignore_ascii_case(&id))
        }
        Some(OrganisationRef::Name(name)) => Some(super::context::pick(&organisations, name)?),
        None => organisations.iter().find(|org| org.user_current == Some(true)),
    };
    let settings = &context.settings;
    let token = settings.token.as_ref();
    let profile = settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name);
    let token_from = match token.map(|found| found.source) {
        Some(TokenSource::Environment) => "ANKRA_API_TOKEN".to_owned(),
        Some(TokenSource::Command) => "token-command".to_owned(),
        Some(TokenSource::OfficialCli) => "~/.ankra.yaml (the official CLI)".to_owned(),
        Some(TokenSource::Sandbox) => "the sandbox".to_owned(),
        Some(TokenSource::Saved) | None => {
            let login = Run::new("login");
            let profile = settings.profile.iter();
            profile.fold(login, |login, one| login.arg("--profile").arg(one.name())).to_string()
        }
    };
    let others = settings
        .profiles()
        .unwrap_or_default()
        .into_iter()
        .filter(|(other, known)| !settings.sandbox && other.name() != profile && known.held.is_some());
    let about = settings.login.clone().unwrap_or_default();
    context.output.item(&StatusView {
        platform: if settings.sandbox { "the sandbox".to_owned() } else { client.base().to_string() },
        profile: profile.to_owned(),
        user: about.user,
        organisation: organisation.map(|org| org.title().to_owned()),
        organisation_id: organisation.map(|org| org.organisation_id.clone()).or_else(|| {
            match &acting.wanted {
                Some(OrganisationRef::Id(id)) => Some(id.to_string()),
                _ => None,
            }
        }),
        organisation_from: match acting.by {
            ChosenBy::Nobody => None,
            ChosenBy::Flag => Some("--org"),
            ChosenBy::Environment => Some("ANKRA_ORG"),
            ChosenBy::SettingsFile => Some("the settings file"),
            ChosenBy::Login => Some("the saved login"),
            ChosenBy::OfficialCli => Some("the official CLI's org switch"),
        },
        role: organisation.and_then(|org| org.role.clone()),
        token_from,
        kept_in: token.filter(|found| found.source == TokenSource::Saved).map(|found| match found.held {
            Held::Keychain(_) => "keychain",
            _ => "file",
        }),
        token_name: about.token_name,
        token_expires_at: about.expires_at,
        other_profiles: others.map(|(other, _)| other.name().to_owned()).collect(),
    })
}
