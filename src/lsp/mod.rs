//! `factlint lsp`: the language server, at the rim beside the command line. [`server`] talks with the
//! client and keeps the texts; [`worker`] checks and answers on a thread of its own; [`desk`] holds
//! what is open, [`library`] the references; [`show`] words it all for the protocol.

pub mod client;
pub mod desk;
pub mod library;
pub mod server;
pub mod show;
pub mod text;
pub mod uri;
pub mod worker;
