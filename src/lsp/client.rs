//! What the client at the other end said it can do.

use serde_json::Value as Json;

use super::text::Encoding;

/// The client's abilities, as far as they matter here.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: Encoding,
    /// Diagnostics may point to other places.
    pub related: bool,
    /// Hovers may be Markdown.
    pub markdown: bool,
    /// Definitions may tell which words they are of.
    pub links: bool,
    /// Files to watch may be named later.
    pub watches: bool,
    /// Code lenses may be asked to be drawn again.
    pub refreshes: bool,
    /// Documents may be shown at the server's wish.
    pub shows: bool,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub fn new(params: &Json) -> Self {
        let able = |place: &str| params.pointer(&format!("/capabilities/{place}"));
        let yes = |place: &str| able(place).and_then(Json::as_bool).unwrap_or(false);
        let names = |place: &str| {
            let list = able(place).and_then(Json::as_array).into_iter().flatten();
            list.filter_map(Json::as_str)
        };
        Client {
            encoding: names("general/positionEncodings")
                .find_map(Encoding::named)
                .unwrap_or_default(),
            related: yes("textDocument/publishDiagnostics/relatedInformation"),
            markdown: names("textDocument/hover/contentFormat").any(|name| name == "markdown"),
            links: yes("textDocument/definition/linkSupport"),
            watches: yes("workspace/didChangeWatchedFiles/dynamicRegistration"),
            refreshes: yes("workspace/codeLens/refreshSupport"),
            shows: yes("window/showDocument/support"),
        }
    }
}
