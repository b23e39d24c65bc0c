//! Harbor: goharbor.io, "Create Project Robot Accounts".

use crate::{
    providers::registry::{
        forms::Judging,
        preset::{ANY, ANY_HOST, KnownHost, Preset, USERNAME, Username, password},
    },
    secret::Field,
};

/// What the user name of a robot account begins with.
const ROBOT: &str = "robot$";

/// `"robot$team+puller"` in double quotes is `robot+puller` for most shells.
const LOST: &str = "a robot account of Harbor has a $ behind robot, and a shell takes that and the word behind it out of \
                    double quotes: write it in single quotes, as in 'robot$team+puller'";

pub(super) static PRESET: Preset = Preset {
    slug: "harbor",
    title: "Harbor",
    host: KnownHost {
        patterns: &["demo.goharbor.io", "harbor.*.*", "harbor.*.*.*"],
        password: "for a robot account the user name is whole: robot$PROJECT+NAME (single quotes keep the shell from changing it)",
        access: "give the robot account Pull in the project that the path begins with",
        expired: "let the robot account expire later, or make a new one",
        ..ANY_HOST
    },
    username: Username::Own { label: "robot account", example: "robot$team+puller", prefix: Some(ROBOT) },
    // As in the file of a robot account that Harbor offers.
    username_field: Field { other_names: &["name"], ..USERNAME },
    password: Field { other_names: &["secret"], ..password("secret of the robot account") },
    where_from: "Harbor > Projects > the project > Robot Accounts > New Robot Account, with Pull Repository alone",
    form: "the secret of a robot account",
    right: "Pull Repository; Push Repository to push",
    expires: "as set, after 30 days by default",
    renew: "Robot Accounts > the account > Action > Refresh Secret, and store it with registry update",
    url: "oci://harbor.example.com/team/charts",
    source: "env:HARBOR_SECRET",
    judge,
    ..ANY
};

/// Judges a user name where the kind of registry is not known.
pub(super) fn judge_any(case: &mut Judging<'_>) {
    if case.username == "robot" || case.username.starts_with("robot+") {
        case.doubt(LOST);
    }
}

fn judge(case: &mut Judging<'_>) {
    let username = case.username;
    match username {
        "admin" => {
            case.doubt("admin may do everything in Harbor; make a robot account that may only pull");
        }
        _ if username.starts_with("robot") && !username.starts_with(ROBOT) => case.doubt(LOST),
        _ => case.doubt_unless(
            username.starts_with(ROBOT),
            "a robot account of Harbor begins with robot$ unless its prefix was changed",
        ),
    }
    case.doubt_stranger(None);
}
