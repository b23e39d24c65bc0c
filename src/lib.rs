//! `ankra`: a command-line client for the credentials of the Ankra platform.
//!
//! Data flows one way: argv -> `cli` -> `settings` -> `commands` -> (`providers`,
//! `platform`, both over `http`) -> `output`. A secret enters through `secret` or `terminal`, leaves in
//! the body of one request or the headers of a check, and is written to a file by `files` alone.

#![forbid(unsafe_code)]

mod cli;
mod commands;
mod deadline;
mod error;
mod files;
mod http;
mod instant;
mod keychain;
mod output;
mod platform;
mod process;
mod providers;
#[cfg(feature = "sandbox")]
mod sandbox;
mod secret;
mod settings;
mod ssh;
mod terminal;
#[doc(hidden)]
pub mod testing;

use std::{ffi::OsString, process::ExitCode, rc::Rc, time::Instant};

use crate::{
    cli::{Cli, Command, Stop},
    commands::{Context, Invocation},
    deadline::Deadline,
    error::{Error, ErrorKind, Result},
    output::{Options, Output},
    settings::{Environment, Settings},
    terminal::Terminal,
};

/// Runs one command line, the program's name first; says what went wrong on stderr.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    process::shield_process();
    process::heed_signals();
    let started = Instant::now();
    let args: Vec<OsString> = args.into_iter().collect();
    if let Some(asked) = cli::unfinished(&args) {
        if let Some(asked) = asked {
            commands::complete(&Output::new(Options::default()), &asked, started);
        }
        return ExitCode::SUCCESS;
    }
    let (output, result) = match cli::parse(args.iter().cloned()) {
        Ok(cli) => {
            let output = Rc::new(Output::new(settings::output_options(&cli.global)));
            let invocation = Invocation::new(&cli.global, &args);
            let finds = cli.command.tells_findings();
            let result = execute(cli, Rc::clone(&output), invocation.clone());
            let result = result.map_err(|error| if finds { error.beside_findings() } else { error });
            (output, result.map_err(|error| invocation.spell(error)))
        }
        Err(stop) => {
            // A text looks the same whatever was asked for.
            let given = if let Stop::Error(_) = stop { cli::given(&args) } else { None };
            let options = given.as_ref().map(settings::output_options).unwrap_or_default();
            let invocation = given.as_ref().map(|given| Invocation::new(given, &args)).unwrap_or_default();
            let output = Rc::new(Output::new(options));
            let result = match stop {
                Stop::Text(text) => output.raw(text.as_bytes()),
                // A script whose command got lost has done nothing, and must not go on as if it had.
                Stop::Incomplete(help) => match output.raw(help.as_bytes()) {
                    Ok(()) => return ExitCode::from(ErrorKind::Usage.exit_code()),
                    failed => failed,
                },
                Stop::Error(error) => Err(invocation.spell(error)),
            };
            (output, result)
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.error(&error);
            ExitCode::from(error.kind().exit_code())
        }
    }
}

fn execute(mut cli: Cli, output: Rc<Output>, invocation: Invocation) -> Result<()> {
    let no_input = cli.global.no_input || Environment::of_process().flag("ANKRA_NO_INPUT");
    if let Some(lacking) = cli.lacking.take_if(|_| !Terminal::new(no_input).can_ask()) {
        return Err(lacking);
    }
    match cli.command {
        // A shell's startup file may run this: it needs no settings.
        Command::Completion(args) => {
            return commands::completion(&output, &Terminal::new(no_input), args);
        }
        // The sandbox's own commands need neither the platform's address nor a login.
        Command::Sandbox(_) => cli.global.sandbox = true,
        _ => {}
    }
    output.tell_of_waiting();
    let settings = Settings::resolve(&cli.global, &Environment::of_process())?;
    // One makes a profile, the others lead away from one that is gone.
    if !matches!(cli.command, Command::Login(_) | Command::Profile(_)) {
        settings.ensure_profile()?;
    }
    settings.warnings.iter().for_each(|warning| output.warn(warning));
    let deadline = Deadline::after(settings.timeout);
    let terminal = Terminal::new(settings.no_input).pausing(deadline.clone());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::failure("cannot start").cause(error))?;
    let mut context = Context { settings, deadline, terminal, output, invocation };
    let result = runtime.block_on(commands::run(&mut context, cli.command));
    process::clear_waiting();
    // A name server that does not answer is not waited for.
    runtime.shutdown_background();
    result
}
