//! `ankra credentials registry check`

use std::rc::Rc;

use super::{
    import::{Import, Wanted},
    secret,
};
use crate::{
    cli::RegistryCheckArgs,
    commands::{Context, secrets},
    error::Result,
    output::{Cell, Column, Record},
    platform::Trace,
    providers::{Preset, RegistryReport, RegistryUrl, check_registry},
    secret::Secret,
};

/// Shows what the registry says to the credentials. The platform is not asked for anything.
pub(super) async fn check(context: &Context, args: RegistryCheckArgs) -> Result<()> {
    let source = secrets::source(args.password.password_from, args.password.password_stdin);
    let preset = Preset::for_host(args.registry_url.host()).unwrap_or(Preset::GENERIC);
    let wanted = Wanted {
        username: args.username.as_deref(),
        registry: Some(&args.registry_url),
        is_sent: true,
        name: None,
    };
    let (username, password) = if let Some(import) = Import::begin(context, &args.import, &wanted)? {
        let (_, username, password) = import.finish(context)?;
        (username, password)
    } else {
        let bundle = args.bundle.secrets_from.as_ref();
        secret::Given::find(context, preset, args.username, source, bundle)?.ask(context, preset)?
    };
    // The registry has the last word, but what is unusual helps to understand it.
    for doubt in preset.judge(&username, &password).doubts {
        context.output.warn(doubt);
    }
    let report = verify(context, &args.registry_url, &username, &password).await?;
    drop(password);
    show(context, &report)?;
    match report.failure() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Asks the registry at `url` itself. A report is no success: see [`RegistryReport::failure`].
pub(super) async fn verify(
    context: &Context,
    url: &RegistryUrl,
    username: &str,
    password: &Secret,
) -> Result<RegistryReport> {
    let output = Rc::clone(&context.output);
    let trace: Trace = Rc::new(move |level, line| output.trace(level, line));
    check_registry(url, username, password, context.settings.timeout, &trace).await
}

/// A line for each step, then the verdict; where that is a failure, its error says it.
fn show(context: &Context, report: &RegistryReport) -> Result<()> {
    let output = &context.output;
    if !output.options().format.is_table() {
        return output.item(report);
    }
    for step in &report.steps {
        let label = if step.step == "tls" { "TLS".to_owned() } else { capitalised(step.step) };
        let mark = if step.ok { "" } else { "failed: " };
        output.line(&format!("{label:<11}{mark}{}", step.detail))?;
    }
    if let Some(end) = &report.expires_at {
        output.line(&format!("{:<11}{end}", "Expires"))?;
    }
    match report.failure() {
        None => output.line(&format!("{}.", capitalised(&report.verdict()))),
        Some(_) => Ok(()),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

impl Record for RegistryReport {
    const COLUMNS: &'static [Column] = &[Column { header: "REGISTRY", wide: false }];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![Cell::text(self.registry_url.as_str())]
    }

    fn name(&self) -> &str {
        &self.registry_url
    }
}
