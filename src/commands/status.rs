//! `ankra status`

use super::{
    Context,
    cache::keep_organisations,
    org::{acted_in, chosen_by, warn_of_foreign},
    records::StatusView,
};
use crate::{
    error::{Result, Run},
    platform::{OrganisationRef, routes},
    settings::{Held, Profile, TokenSource},
};

/// Asks the platform who the token belongs to, with one request; the rest is known from the sign-in.
pub(super) async fn status(context: &mut Context) -> Result<()> {
    let mut client = context.client_of_own_organisation().await?;
    if let Some(OrganisationRef::Id(id)) = &context.settings.organisation.wanted {
        client.set_organisation(*id);
    }
    let organisations = client.send(&routes::organisations()).await?;
    keep_organisations(&context.settings, &organisations);
    let acting = &context.settings.organisation;
    let organisation = acted_in(acting, &organisations)?;
    if organisation.is_none() {
        warn_of_foreign(context);
    }
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
        organisation_from: chosen_by(acting),
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
