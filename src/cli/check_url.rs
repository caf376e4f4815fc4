//! `check-url`: asks a server as a browser would, and prints what is right and what is not.
//! Imports `contract`, `message`, `args`.

use std::process::ExitCode;

use progress_widgets::feed;
use ureq::Agent;

use crate::UNUSABLE;
use crate::args::CheckUrl;
use crate::contract::{self, Answer, Exchange, Finding, Grade};
use crate::message::Message;

/// Advice, and `--strict`.
const ADVICE: u8 = 1;
/// The page's origin where none is given: one that no server knows.
const SOME_ORIGIN: &str = "https://progress-widgets.invalid";

/// Asks and says what it finds, on standard output.
///
/// # Errors
/// The URL is none, or nothing answers.
pub fn run(args: &CheckUrl) -> Result<ExitCode, Message> {
    let url = args.url.trim();
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(Message::new(
            format!("不是网址：{url}。应以 https:// 开头。"),
            format!("no URL: {url}. It should begin with https://."),
        ));
    }
    let findings = contract::examine(&exchange(url, args.origin.as_deref())?);
    for finding in &findings {
        println!("{}", line(finding, args));
    }
    let worst = findings.iter().map(|finding| finding.grade).max();
    Ok(ExitCode::from(match worst {
        Some(Grade::Wrong) => UNUSABLE,
        Some(Grade::Advice) if args.strict => ADVICE,
        _ => 0,
    }))
}

fn line(finding: &Finding, args: &CheckUrl) -> String {
    let mark = match finding.grade {
        Grade::Right => "✓",
        Grade::Advice => "!",
        Grade::Wrong => "✗",
    };
    format!("{mark} {}", finding.message.line(args.lang))
}

fn exchange(url: &str, page: Option<&str>) -> Result<Exchange, Message> {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(contract::TIME_OUT))
        .build()
        .into();
    let origin = page.map_or(SOME_ORIGIN, contract::origin_of);
    let first = ask(&agent, url, &[("origin", origin)])?;
    let condition = [
        ("etag", "if-none-match"),
        ("last-modified", "if-modified-since"),
    ]
    .into_iter()
    .map(|(told, asked)| (asked, first.header(told).to_owned()))
    .find(|(_, value)| !value.is_empty());
    let again = match &condition {
        Some((name, value)) => Some(ask(&agent, url, &[("origin", origin), (name, value)])?),
        None => None,
    };
    let packed = ask(
        &agent,
        url,
        &[("origin", origin), ("accept-encoding", "gzip, br")],
    )?;
    Ok(Exchange {
        url: url.to_owned(),
        page: page.map(str::to_owned),
        first,
        again,
        compresses: !matches!(packed.header("content-encoding"), "" | "identity"),
    })
}

fn ask(agent: &Agent, url: &str, headers: &[(&str, &str)]) -> Result<Answer, Message> {
    let no_answer = |error: ureq::Error| {
        Message::new(
            format!("{url} 取不到：{error}。请检查网址、网络、证书，以及是否在 30 秒内传完。"),
            format!(
                "{url} can't be had: {error}. Check the address, the network, the certificate, and that it is complete within 30 seconds."
            ),
        )
    };
    let mut request = agent.get(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = request.call().map_err(no_answer)?;
    let headers = response
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            (name.as_str().to_owned(), value.into_owned())
        })
        .collect();
    let limit = feed::Limits::default().document_bytes;
    let body = response
        .body_mut()
        .with_config()
        .limit(u64::try_from(limit).unwrap_or(u64::MAX))
        .read_to_vec()
        .map_err(no_answer)?;
    Ok(Answer {
        status: response.status().as_u16(),
        headers,
        body,
    })
}
