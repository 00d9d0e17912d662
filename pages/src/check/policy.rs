//! Reads a page's Content-Security-Policy as browsers do, as far as the tag is concerned.

use super::Finding;

/// A source that a directive lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// `frame-src`.
    pub directive: &'static str,
    /// `https://hoi.example`.
    pub source: String,
}

/// What the tag needs, and where browsers look for it, first hit first.
const NEEDS: &[(&str, &[&str])] = &[
    ("script-src", &["script-src-elem", "script-src", "default-src"]),
    ("frame-src", &["frame-src", "child-src", "default-src"]),
];

/// What `text` keeps the chat of `edge` from. Several policies, one a line or parted by commas, must each let it in.
pub fn missing_sources(text: &str, edge: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for policy in text.split(['\n', ',']).map(parse_directives).filter(|policy| !policy.is_empty()) {
        for (directive, chain) in NEEDS {
            let Some(sources) = chain.iter().find_map(|name| find_directive(&policy, name)) else { continue };
            let finding = match let_in(&sources, edge, *directive == "script-src") {
                SourceVerdict::In => continue,
                SourceVerdict::WithNonce => Finding::Nonce,
                SourceVerdict::Out => Finding::Lacks(Need { directive, source: edge.to_owned() }),
            };
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

/// One policy's directives. A webmaster may paste the header's name along.
fn parse_directives(policy: &str) -> Vec<(String, Vec<&str>)> {
    let lower = policy.to_ascii_lowercase();
    let begin = ["content-security-policy:", "content-security-policy-report-only:"];
    let header = begin.iter().find(|name| lower.trim_start().starts_with(**name));
    let policy = if header.is_some() { policy.split_once(':').map_or("", |(_, rest)| rest) } else { policy };
    let mut out: Vec<(String, Vec<&str>)> = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_ascii_whitespace();
        let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
        // Of two with one name, the first counts.
        if out.iter().all(|(known, _)| *known != name) {
            out.push((name, words.collect()));
        }
    }
    out
}

fn find_directive<'a>(policy: &[(String, Vec<&'a str>)], name: &str) -> Option<Vec<&'a str>> {
    policy.iter().find(|(own, _)| own == name).map(|(_, sources)| sources.clone())
}

enum SourceVerdict {
    In,
    WithNonce,
    Out,
}

fn let_in(sources: &[&str], edge: &str, script: bool) -> SourceVerdict {
    let lower: Vec<String> = sources.iter().map(|source| source.to_ascii_lowercase()).collect();
    let nonce = lower.iter().any(|source| source.starts_with("'nonce-"));
    // Beside 'strict-dynamic', addresses in the list mean nothing.
    if script && lower.iter().any(|source| source == "'strict-dynamic'") {
        return if nonce { SourceVerdict::WithNonce } else { SourceVerdict::Out };
    }
    if lower.iter().any(|source| source_matches(source, &edge.to_ascii_lowercase())) {
        SourceVerdict::In
    } else if script && nonce {
        SourceVerdict::WithNonce
    } else {
        SourceVerdict::Out
    }
}

/// Whether the source expression `source` covers `edge`.
fn source_matches(source: &str, edge: &str) -> bool {
    let (scheme, host) = edge.split_once("://").unwrap_or(("https", edge));
    if source == "*" || source.strip_suffix(':') == Some(scheme) {
        return true;
    }
    // A policy that names http lets https in, too.
    let (wanted, rest) = source.split_once("://").map_or((scheme, source), |(wanted, rest)| (wanted, rest));
    if wanted != scheme && !(wanted == "http" && scheme == "https") {
        return false;
    }
    let (pattern, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, port) = split_port(pattern);
    let (own, own_port) = split_port(host);
    let ports = port == "*" || port == own_port || (port.is_empty() && own_port == default_port(scheme));
    let names = match name.strip_prefix("*.") {
        Some(domain) => {
            own.strip_suffix(domain).is_some_and(|before| before.len() > 1 && before.ends_with('.'))
        }
        None => name == own,
    };
    // The loader lies under /s/, the rest elsewhere: a path would let in only a part.
    names && ports && path.is_empty()
}

fn default_port(scheme: &str) -> &'static str {
    if scheme == "https" { "443" } else { "80" }
}

/// Name and port; an empty port for the usual one.
fn split_port(host: &str) -> (&str, &str) {
    match host.rsplit_once(':') {
        Some((name, port)) if port == "*" || port.bytes().all(|b| b.is_ascii_digit()) => (name, port),
        _ => (host, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EDGE: &str = "https://hoi.example";

    fn lacks(directives: &[&'static str]) -> Vec<Finding> {
        let lacks = |directive: &&'static str| Finding::Lacks(Need { directive, source: EDGE.into() });
        directives.iter().map(lacks).collect()
    }

    #[test]
    fn policies() {
        let cases: &[(&str, Vec<Finding>)] = &[
            ("", lacks(&[])),
            ("img-src 'self'", lacks(&[])),
            ("default-src 'none'", lacks(&["script-src", "frame-src"])),
            ("default-src 'self'; script-src https://hoi.example", lacks(&["frame-src"])),
            ("default-src 'none'; script-src hoi.example; frame-src https:", lacks(&[])),
            ("default-src *.example", lacks(&[])),
            ("default-src *.hoi.example", lacks(&["script-src", "frame-src"])),
            ("default-src https://hoi.example:8443", lacks(&["script-src", "frame-src"])),
            ("default-src http://hoi.example", lacks(&[])),
            ("default-src https://hoi.example/s/", lacks(&["script-src", "frame-src"])),
            ("script-src *; child-src 'self'", lacks(&["frame-src"])),
            ("script-src 'none'; script-src *", lacks(&["script-src"])),
            ("script-src 'nonce-abc' 'strict-dynamic' https://hoi.example", vec![Finding::Nonce]),
            ("script-src 'strict-dynamic' 'sha256-x'", lacks(&["script-src"])),
            ("Content-Security-Policy: DEFAULT-SRC 'Self'", lacks(&["script-src", "frame-src"])),
            ("script-src *\nscript-src 'self'", lacks(&["script-src"])),
            ("require-trusted-types-for 'script'; trusted-types 'none'", lacks(&[])),
        ];
        for (policy, expected) in cases {
            assert_eq!(missing_sources(policy, EDGE), *expected, "{policy}");
        }
    }
}
