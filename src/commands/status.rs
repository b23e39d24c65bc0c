//! `ankra status`

use super::{Context, records::StatusView};
use crate::{
    error::{Result, Run},
    platform::routes,
    settings::TokenSource,
};

/// Asks the platform who the token belongs to.
pub(super) async fn status(context: &mut Context) -> Result<()> {
    let client = context.client().await?;
    let organisations = client.send(&routes::organisations()).await?;
    let chosen = client.organisation().map(|id| id.to_string());
    let organisation = match &chosen {
        Some(id) => organisations.into_iter().find(|org| org.organisation_id.eq_ignore_ascii_case(id)),
        None => organisations.into_iter().find(|org| org.user_current == Some(true)),
    };
    let token_from = match context.settings.token.as_ref().map(|found| found.source) {
        Some(TokenSource::Environment) => "ANKRA_API_TOKEN".to_owned(),
        Some(TokenSource::OfficialCli) => "~/.ankra.yaml (the official CLI)".to_owned(),
        Some(TokenSource::Sandbox) => "the sandbox".to_owned(),
        Some(TokenSource::Saved) | None => {
            let login = Run::new("login");
            let profile = context.settings.profile.iter();
            profile.fold(login, |login, one| login.arg("--profile").arg(one.name())).to_string()
        }
    };
    let platform =
        if context.settings.sandbox { "the sandbox".to_owned() } else { client.base().to_string() };
    let (organisation_id, organisation, role) = match organisation {
        Some(org) => (Some(org.organisation_id), org.name, org.role),
        None => (chosen, None, None),
    };
    context.output.item(&StatusView { platform, organisation, organisation_id, role, token_from })
}
