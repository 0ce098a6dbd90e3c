//! `factlint completions` and `factlint man`: what packages of the program ship beside it.

use std::path::Path;

use clap::CommandFactory;
use clap_complete::Shell;

use super::Exit;
use super::args::Cli;
use super::stream::Streams;

/// Prints the completions of a shell.
pub fn completions(shell: Shell, streams: &Streams) -> Exit {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "factlint", &mut out);
    streams.print_text(&String::from_utf8_lossy(&out));
    streams.exit(Exit::Clean)
}

/// Prints the manual page, or writes the pages of all commands into a folder.
pub fn man(folder: Option<&Path>, streams: &Streams) -> Exit {
    let mut command = Cli::command();
    command.build();
    let page = |command: &clap::Command| {
        let mut out = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut out).map(|()| out)
    };
    let Some(folder) = folder else {
        match page(&command) {
            Ok(text) => streams.print_text(&String::from_utf8_lossy(&text)),
            Err(error) => streams.error(&error.to_string()),
        }
        return streams.exit(Exit::Clean);
    };
    let commands: Vec<_> =
        command.get_subcommands().filter(|c| c.get_name() != "help").cloned().collect();
    let parts = commands.into_iter().map(|command| {
        let name = format!("factlint-{}", command.get_name());
        (name.clone(), command.display_name(name))
    });
    for (name, command) in [("factlint".to_owned(), command.clone())].into_iter().chain(parts) {
        match page(&command) {
            Ok(text) => {
                let path = folder.join(format!("{name}.1"));
                streams.write_text(&path, &String::from_utf8_lossy(&text));
            }
            Err(error) => streams.error(&format!("{name}: {error}")),
        }
    }
    streams.exit(Exit::Clean)
}
