import type { Activity, Invocation } from "./profile.ts";

const network =
  "--type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --service-sandbox-type=none";
const pipe = `${network} --mojo-platform-channel-handle={digits:4} /prefetch:3`;
const main = (program: string): Invocation => [program, ""];
const schedule: Invocation = ["svchost.exe", "-k netsvcs -p -s Schedule"];
const launch: Invocation = ["svchost.exe", "-k DcomLaunch -p"];

const winrt =
  "--type=utility --utility-sub-type=winrt_app_id.mojom.WinrtAppIdService --lang=en-US --service-sandbox-type=none";

/** The processes of the pages that a browser shows, which reach the network through another. */
function pagesOf(browser: string, above: Invocation): Activity {
  const page =
    "--type=renderer --lang=en-US --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id={digits:3} --mojo-platform-channel-handle={digits:4} /prefetch:1";
  return {
    chain: [[browser, page], above],
    integrity: "Low",
    runs: "job",
    pace: "people",
    perDay: 45,
  };
}

/** Sites that developers look at besides: code, pastes, consoles of services. */
const developerSites = {
  "github.com": 8, "gist.github.com": 1, "raw.githubusercontent.com": 1, "gist.githubusercontent.com": 0.5, "pastebin.com": 0.5, "paste.ee": 0.1,
  "api.slack.com": 0.3, "discord.com": 0.5, "cdn.discordapp.com": 0.3, "gitee.com": 0.2, "www.notion.so": 1,
  "contoso-app.firebaseio.com": 0.4, "storage.googleapis.com": 0.5, "stackoverflow.com": 6,
}; // oxfmt-ignore

const sites = {
  "www.bing.com": 8, "www.msn.com": 4, "assets.msn.com": 4, "www.google.com": 8, "fonts.gstatic.com": 4,
  "ssl.gstatic.com": 3, "www.linkedin.com": 3, "en.wikipedia.org": 2, "www.youtube.com": 3, "i.ytimg.com": 3,
  "github.com": 1, "onedrive.live.com": 1, "drive.google.com": 1, "www.reuters.com": 2, "edge.microsoft.com": 3,
  "login.microsoftonline.com": 3, "outlook.office.com": 4, "intranet.{domain}": 8,
  "tickets.{domain}": 5, "crm.{domain}": 5, "a.top4top.io": 0.05,
}; // oxfmt-ignore

/** What every Windows device does: its services, its protection, its updates. */
// oxfmt-ignore
export const windows: readonly Activity[] = [
  { chain: ["MsMpEng.exe"], runs: "session", pace: "clock", perDay: 10, hosts: { "wdcp.microsoft.com": 8, "wd-prod-cp-eu-west-1-fe.westeurope.cloudapp.azure.com": 3, "raw.githubusercontent.com": 0.15, "github.com": 0.15 } },
  { chain: ["MsSense.exe"], runs: "session", pace: "clock", perDay: 30, hosts: { "winatp-gw-weu.microsoft.com": 6, "eu-v20.events.endpoint.security.microsoft.com": 6, "events.data.microsoft.com": 3 } },
  { chain: [["svchost.exe", "-k netsvcs -p -s wuauserv"]], runs: "session", pace: "clock", perDay: 5, hosts: { "slscr.update.microsoft.com": 3, "fe3cr.delivery.mp.microsoft.com": 3 } },
  { chain: [["svchost.exe", "-k NetworkService -p -s CryptSvc"]], as: "network service", runs: "session", pace: "clock", perDay: 14, hosts: { "ctldl.windowsupdate.com:80": 5, "ocsp.digicert.com:80": 3 } },
  { chain: [["svchost.exe", "-k utcsvc -p"]], runs: "session", pace: "clock", perDay: 12, hosts: { "v10.events.data.microsoft.com": 4, "settings-win.data.microsoft.com": 2 } },
  { chain: [["svchost.exe", "-k netsvcs -p -s BITS"]], runs: "session", pace: "clock", perDay: 5, hosts: { "tlu.dl.delivery.mp.microsoft.com:80": 3, "download.windowsupdate.com:80": 2 } },
  { chain: ["lsass.exe"], runs: "session", pace: "clock", perDay: 24, hosts: { "dc01.{domain}:88": 6, "dc01.{domain}:135": 3, "dc01.{domain}:49674": 2, "dc01.{domain}:389": 1 } },
  { chain: [["svchost.exe", "-k netsvcs -p -s gpsvc"]], runs: "job", pace: "clock", perDay: 10, hosts: { "dc01.{domain}:389": 4, "dc01.{domain}:135": 2, "dc01.{domain}:49674": 1 } },
  { chain: [["svchost.exe", "-k NetworkService -p -s WinRM"]], as: "network service", runs: "session", pace: "clock", perDay: 30, share: 0.5, hosts: { "wec01.{domain}:5985": 1 }, most: 2 },
  { chain: ["SearchIndexer.exe"], runs: "session", pace: "clock", perDay: 0 },
  { chain: ["SearchProtocolHost.exe"], runs: "job", pace: "clock", perDay: 18 },
  { chain: ["SearchFilterHost.exe"], runs: "job", pace: "clock", perDay: 20 },
  { chain: ["WmiPrvSE.exe", launch], runs: "job", pace: "clock", perDay: 14 },
  { chain: [["WmiPrvSE.exe", "-Embedding"], launch], as: "system", runs: "job", pace: "clock", perDay: 8 },
  { chain: [["svchost.exe", "-k netsvcs -p -s wlidsvc"]], runs: "job", pace: "clock", perDay: 8, hosts: { "login.live.com": 1 } },
  { chain: [["svchost.exe", "-k LocalSystemNetworkRestricted -p -s NcbService"]], runs: "job", pace: "clock", perDay: 4 },
  { chain: [["svchost.exe", "-k appmodel -p -s camsvc"]], runs: "job", pace: "clock", perDay: 6 },
  { chain: [["svchost.exe", "-k wsappx -p -s AppXSvc"]], runs: "job", pace: "clock", perDay: 6 },
  { chain: [["svchost.exe", "-k WerSvcGroup"]], runs: "job", pace: "clock", perDay: 4 },
  { chain: [["svchost.exe", "-k wusvcs -p -s WaaSMedicSvc"]], runs: "job", pace: "clock", perDay: 3 },
  { chain: [["svchost.exe", "-k LocalServiceNetworkRestricted -p -s wscsvc"]], as: "local service", runs: "job", pace: "clock", perDay: 3 },
  { chain: [["svchost.exe", "-k LocalService -p -s LicenseManager"]], as: "local service", runs: "job", pace: "clock", perDay: 3 },
  { chain: ["wermgr.exe", schedule], runs: "job", pace: "clock", perDay: 8 },
  { chain: ["TrustedInstaller.exe"], runs: "job", pace: "clock", perDay: 2 },
  { chain: ["TiWorker.exe", launch], runs: "job", pace: "clock", perDay: 2 },
  { chain: ["sppsvc.exe"], runs: "job", pace: "clock", perDay: 4 },
  { chain: ["CompatTelRunner.exe", schedule], runs: "job", pace: "clock", perDay: 2, hosts: { "v10.events.data.microsoft.com": 1 }, most: 2 },
  { chain: ["gpupdate.exe", schedule], runs: "job", pace: "clock", perDay: 2 },
  { chain: ["dsregcmd.exe", schedule], runs: "job", pace: "clock", perDay: 3 },
  { chain: ["dllhost.exe", launch], runs: "job", pace: "clock", perDay: 16, as: "system" },
  { chain: ["taskhostw.exe", schedule], runs: "job", pace: "clock", perDay: 10, as: "system" },
  { chain: ["MpCmdRun.exe", schedule], runs: "job", pace: "clock", perDay: 3, hosts: { "wdcp.microsoft.com": 1 }, most: 2 },
  { chain: [["rundll32.exe", "C:\\Windows\\system32\\PcaSvc.dll,PcaPatchSdbTask"], schedule], runs: "job", pace: "clock", perDay: 2, as: "system" },
  { chain: ["powershell.exe", "SenseIR.exe"], as: "system", runs: "job", pace: "clock", perDay: 6, command: "powershell.exe -ExecutionPolicy AllSigned -NoProfile -NonInteractive -Command \"& {$OutputEncoding = [Console]::OutputEncoding =[System.Text.Encoding]::UTF8;$scriptFileStream = [System.IO.File]::Open('C:\\ProgramData\\Microsoft\\Windows Defender Advanced Threat Protection\\DataCollection\\{digits:4}.{digits:8}.0.{digits:8}-{hex:40}\\{guid}.ps1', [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, [System.IO.FileShare]::Read)}\"", hosts: { "winatp-gw-weu.microsoft.com": 1 }, most: 2 },
];

/** What manages the devices of an organisation. */
// oxfmt-ignore
export const managed: readonly Activity[] = [
  { chain: ["Microsoft.Management.Services.IntuneWindowsAgent.exe"], runs: "session", pace: "clock", perDay: 10, share: 0.9, hosts: { "graph.microsoft.com": 2, "fef.msuc02.manage.microsoft.com": 4, "swdb02-mscdn.azureedge.net": 2 } },
  { chain: [["powershell.exe", "-NoProfile -executionPolicy bypass -file  \"C:\\WINDOWS\\IMECache\\HealthScripts\\{guid}_{digits:1}\\detect.ps1\""], "AgentExecutor.exe", "Microsoft.Management.Services.IntuneWindowsAgent.exe"], as: "system", runs: "job", pace: "clock", perDay: 1, share: 0.5, hosts: { "graph.microsoft.com": 3, "raw.githubusercontent.com": 0.3 }, most: 3 },
  { chain: ["updater.exe"], runs: "job", pace: "clock", perDay: 3, share: 0.7, hosts: { "www.googleapis.com": 2, "dl.google.com": 2, "storage.googleapis.com": 0.5, "update.googleapis.com": 4 }, most: 4 },
];

/** What a person's desktop starts of itself. */
// oxfmt-ignore
export const desktop: readonly Activity[] = [
  { chain: ["explorer.exe"], runs: "session", pace: "people", perDay: 1, hosts: { "www.bing.com": 1 } },
  { chain: ["OneDrive.exe"], runs: "session", pace: "people", perDay: 18, hosts: { "onedrive.live.com": 1, "api.onedrive.com": 1, "graph.microsoft.com": 3, "g.live.com": 1, "contoso-my.sharepoint.com": 8, "login.live.com": 1 } },
  { chain: ["OneDriveStandaloneUpdater.exe", schedule], runs: "job", pace: "clock", perDay: 2, hosts: { "g.live.com": 2, "oneclient.sfx.ms": 2 }, most: 4 },
  { chain: ["Microsoft.SharePoint.exe", "OneDrive.exe"], runs: "job", pace: "people", perDay: 3, hosts: { "graph.microsoft.com": 1, "contoso-my.sharepoint.com": 4, "onedrive.live.com": 0.3 } },
  { chain: ["RuntimeBroker.exe", launch], runs: "job", pace: "people", perDay: 14 },
  { chain: [["taskhostw.exe", "Install $(Arg0)"], schedule], runs: "job", pace: "people", perDay: 3 },
  { chain: [["taskhostw.exe", "KEYROAMING"], schedule], runs: "job", pace: "people", perDay: 2 },
  { chain: ["BackgroundTransferHost.exe", launch], runs: "job", pace: "people", perDay: 3, hosts: { "img-prod-cms-rt-microsoft-com.akamaized.net": 1, "assets.msn.com": 1 } },
  { chain: ["backgroundTaskHost.exe", launch], runs: "job", pace: "people", perDay: 16, hosts: { "arc.msn.com": 2, "ris.api.iris.microsoft.com": 2, "api.msn.com": 1 }, most: 5 },
  { chain: ["smartscreen.exe", launch], runs: "job", pace: "people", perDay: 6, hosts: { "checkappexec.microsoft.com": 2, "nav-edge.smartscreen.microsoft.com": 1 }, most: 2 },
  { chain: ["dllhost.exe", launch], runs: "job", pace: "people", perDay: 8 },
];

/** What people at desks work with. */
// oxfmt-ignore
export const office: readonly Activity[] = [
  { chain: ["OUTLOOK.EXE"], runs: "session", pace: "people", perDay: 45, hosts: { "outlook.office365.com": 12, "graph.microsoft.com": 3, "substrate.office.com": 3, "nexusrules.officeapps.live.com": 1, "www.googleapis.com": 0.1, "onedrive.live.com": 0.1 } },
  { chain: ["msedgewebview2.exe", ["msedgewebview2.exe", "--embedded-browser-webview=1 --webview-exe-name=ms-teams.exe --user-data-dir=\"C:\\Users\\{user}\\AppData\\Local\\Packages\\MSTeams_8wekyb3d8bbwe\\LocalCache\\Microsoft\\MSTeams\\EBWebView\""], "ms-teams.exe"], runs: "session", pace: "people", perDay: 50, share: 0.8, hosts: { "teams.microsoft.com": 10, "graph.microsoft.com": 3, "statics.teams.cdn.office.net": 3 } },
  { chain: ["ms-teams.exe"], runs: "session", pace: "people", perDay: 16, share: 0.8, hosts: { "teams.microsoft.com": 4, "graph.microsoft.com": 2, "eu-mobile.events.data.microsoft.com": 3 } },
  { chain: ["Teams.exe", main("Teams.exe")], runs: "session", pace: "people", perDay: 40, share: 0.15, hosts: { "teams.microsoft.com": 6, "graph.microsoft.com": 3 } },
  { chain: [["EXCEL.EXE", "\"C:\\Users\\{user}\\Documents\\{word}.xlsx\""]], runs: "job", pace: "people", perDay: 5, hosts: { "roaming.officeapps.live.com": 3, "odc.officeapps.live.com": 2, "graph.microsoft.com": 1 } },
  { chain: [["WINWORD.EXE", "/n \"C:\\Users\\{user}\\Documents\\{word}.docx\""]], runs: "job", pace: "people", perDay: 5, hosts: { "roaming.officeapps.live.com": 3, "odc.officeapps.live.com": 2, "graph.microsoft.com": 1 } },
  { chain: [["POWERPNT.EXE", "\"C:\\Users\\{user}\\Documents\\{word}.pptx\""]], runs: "job", pace: "people", perDay: 2, hosts: { "roaming.officeapps.live.com": 3, "graph.microsoft.com": 1 } },
  { chain: ["SDXHelper.exe", schedule], runs: "job", pace: "people", perDay: 2, hosts: { "nexusrules.officeapps.live.com": 1, "officecdn.microsoft.com": 1 } },
  { chain: [["AcroRd32.exe", "\"C:\\Users\\{user}\\Downloads\\{word}.pdf\""]], runs: "job", pace: "people", perDay: 4, hosts: { "acroipm2.adobe.com": 2, "armmf.adobe.com": 1 }, most: 3 },
  { chain: [["msedge.exe", pipe], "msedge.exe"], runs: "session", pace: "people", perDay: 90, hosts: sites, naming: "browser", also: [pagesOf("msedge.exe", "msedge.exe"), { chain: [["identity_helper.exe", `${winrt} --mojo-platform-channel-handle={digits:4} /prefetch:8`], "msedge.exe"], runs: "job", pace: "people", perDay: 4 }] },
  { chain: [["chrome.exe", pipe], main("chrome.exe")], runs: "session", pace: "people", perDay: 80, share: 0.6, hosts: sites, naming: "browser", also: [pagesOf("chrome.exe", main("chrome.exe"))] },
  { chain: [["notepad.exe", "C:\\Users\\{user}\\Documents\\{word}.txt"]], runs: "job", pace: "people", perDay: 2 },
  { chain: ["Zoom.exe", main("Zoom.exe")], runs: "job", pace: "people", perDay: 1, share: 0.4, hosts: { "us04web.zoom.us": 6, "graph.microsoft.com": 1, "www.googleapis.com": 1 } },
  { chain: [["slack.exe", network], main("slack.exe")], runs: "session", pace: "people", perDay: 30, share: 0.3, hosts: { "slack.com": 2, "wss-primary.slack.com": 2, "files.slack.com": 1 } },
  { chain: ["Dropbox.exe"], runs: "session", pace: "people", perDay: 10, share: 0.08, hosts: { "api.dropboxapi.com": 2, "content.dropboxapi.com": 2, "client.dropbox.com": 3, "bolt.dropbox.com": 3 } },
  { chain: ["GoogleDriveFS.exe"], runs: "session", pace: "people", perDay: 12, share: 0.08, hosts: { "www.googleapis.com": 4, "drive.google.com": 1, "storage.googleapis.com": 1, "clients6.google.com": 2 } },
  { chain: [["Notion.exe", network], main("Notion.exe")], runs: "session", pace: "people", perDay: 12, share: 0.06, hosts: { "www.notion.so": 4, "api.notion.so": 1 } },
];

const terminal: Invocation = main("WindowsTerminal.exe");

/** What developers do besides. */
// oxfmt-ignore
export const development: readonly Activity[] = [
  { chain: ["Code.exe", main("Code.exe")], runs: "session", pace: "people", perDay: 25, hosts: { "api.github.com": 3, "raw.githubusercontent.com": 1, "gist.github.com": 0.2, "gitee.com": 0.1, "slack.com": 0.1, "marketplace.visualstudio.com": 3, "main.vscode-cdn.net": 3, "storage.googleapis.com": 0.3, "www.googleapis.com": 0.2 } },
  { chain: [["msedge.exe", pipe], "msedge.exe"], runs: "session", pace: "people", perDay: 8, hosts: developerSites, naming: "browser" },
  { chain: [["Discord.exe", network], main("Discord.exe")], runs: "session", pace: "people", perDay: 14, share: 0.15, hosts: { "discord.com": 4, "gateway.discord.gg": 2, "cdn.discordapp.com": 3, "discordapp.com": 0.3 } },
  { chain: ["python.exe", "cmd.exe", terminal], command: "python -m gsutil cp dist/{word}.zip gs://contoso-artifacts/", runs: "job", pace: "people", perDay: 1, share: 0.2, hosts: { "storage.googleapis.com": 3, "www.googleapis.com": 1, "oauth2.googleapis.com": 1 }, most: 6 },
  { chain: [["GitHubDesktop.exe", network], main("GitHubDesktop.exe")], runs: "session", pace: "people", perDay: 14, share: 0.3, hosts: { "api.github.com": 5, "github.com": 2, "avatars.githubusercontent.com": 2 } },
  { chain: [["idea64.exe", ""]], runs: "session", pace: "people", perDay: 10, share: 0.3, hosts: { "api.github.com": 1, "raw.githubusercontent.com": 0.5, "plugins.jetbrains.com": 3, "repo.maven.apache.org": 4 } },
  { chain: [["git-remote-https.exe", "origin https://github.com/contoso/{word}.git"], ["git.exe", "fetch origin"], main("Code.exe")], runs: "job", pace: "people", perDay: 30, hosts: { "github.com": 1 }, most: 2 },
  { chain: [["git-remote-https.exe", "origin https://github.com/contoso/{word}.git"], ["git.exe", "pull"], ["pwsh.exe", "-NoLogo"], terminal], runs: "job", pace: "people", perDay: 8, hosts: { "github.com": 1 }, most: 2 },
  { chain: [["node.exe", "\"C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js\" install"], ["cmd.exe", "/d /s /c \"npm install\""], main("Code.exe")], runs: "job", pace: "people", perDay: 5, hosts: { "registry.npmjs.org": 12, "raw.githubusercontent.com": 0.2, "codeload.github.com": 0.3, "storage.googleapis.com": 0.2 } },
  { chain: [["python.exe", "-m pip install -r requirements.txt"], "cmd.exe", terminal], command: "python -m pip install -r requirements.txt", runs: "job", pace: "people", perDay: 2, share: 0.6, hosts: { "pypi.org": 4, "files.pythonhosted.org": 6 } },
  { chain: ["curl.exe", "cmd.exe", terminal], command: "curl -sSL https://raw.githubusercontent.com/contoso/{word}/main/install.sh -o install.sh", runs: "job", pace: "people", perDay: 1, hosts: { "raw.githubusercontent.com": 1 }, most: 1 },
  { chain: [["gh.exe", "pr list --limit {digits:2}"], ["pwsh.exe", "-NoLogo"], terminal], runs: "job", pace: "people", perDay: 3, share: 0.5, hosts: { "api.github.com": 1 }, most: 3 },
  { chain: ["node.exe", "cmd.exe", terminal], command: "node server.js", runs: "job", pace: "people", perDay: 4, share: 0.7, hosts: { "registry.npmjs.org": 1, "firebase.googleapis.com": 0.3, "contoso-app.firebaseio.com": 0.3, "slack.com": 0.2 }, most: 4 },
  { chain: ["powershell.exe", "cmd.exe", terminal], command: "powershell -noprofile -ex unrestricted -file \"C:\\Users\\{user}\\scoop\\apps\\scoop\\current\\bin\\scoop.ps1\" update", runs: "job", pace: "people", perDay: 0.5, share: 0.3, hosts: { "raw.githubusercontent.com": 1, "api.github.com": 1, "github.com": 1 } },
  { chain: ["PowerToys.exe", schedule], runs: "session", pace: "clock", perDay: 1, share: 0.3, hosts: { "api.github.com": 1 }, most: 1 },
  { chain: [["GUP.exe", "-v8.64 -px64"], "notepad++.exe"], runs: "job", pace: "people", perDay: 0.5, share: 0.5, hosts: { "github.com": 1, "objects.githubusercontent.com": 1 }, most: 2 },
];

/** What people do who look after the devices of others. */
// oxfmt-ignore
export const administration: readonly Activity[] = [
  { chain: [["mmc.exe", "\"C:\\Windows\\system32\\dsa.msc\""]], integrity: "High", runs: "job", pace: "people", perDay: 4, hosts: { "dc01.{domain}:389": 1 }, most: 6 },
  { chain: [["pwsh.exe", "-NoLogo"], terminal], integrity: "High", runs: "job", pace: "people", perDay: 8, hosts: { "graph.microsoft.com": 5, "login.microsoftonline.com": 3, "raw.githubusercontent.com": 0.3, "www.powershellgallery.com": 1 } },
  { chain: ["powershell.exe", "cmd.exe", terminal], command: "powershell -NoProfile -File C:\\Tools\\{word}-report.ps1", integrity: "High", runs: "job", pace: "people", perDay: 5, hosts: { "graph.microsoft.com": 2, "login.microsoftonline.com": 1 }, most: 5 },
  { chain: ["consent.exe"], runs: "job", pace: "people", perDay: 5 },
  { chain: [["net1.exe", "user svc-backup /domain"], ["net.exe", "user svc-backup /domain"], "cmd.exe", terminal], runs: "job", pace: "people", perDay: 2 },
  { chain: ["whoami.exe", "cmd.exe", terminal], command: "whoami /groups", runs: "job", pace: "people", perDay: 2 },
  { chain: [["python.exe", "-IBm azure.cli ad user list"], "cmd.exe", terminal], runs: "job", pace: "people", perDay: 2, share: 0.6, hosts: { "graph.microsoft.com": 2, "login.microsoftonline.com": 2 } },
  { chain: [["terraform.exe", "init -upgrade"], ["pwsh.exe", "-NoLogo"], terminal], runs: "job", pace: "people", perDay: 2, share: 0.5, hosts: { "registry.terraform.io": 3, "github.com": 1, "objects.githubusercontent.com": 1 } },
  { chain: ["certutil.exe", "cmd.exe", terminal], command: "certutil -hashfile C:\\Users\\{user}\\Downloads\\{word}.msi SHA256", runs: "job", pace: "people", perDay: 1 },
];

/** What a build agent runs, day and night. */
// oxfmt-ignore
export const pipelines: readonly Activity[] = [
  { chain: ["Runner.Listener.exe"], runs: "session", pace: "clock", perDay: 150, hosts: { "pipelines.actions.githubusercontent.com": 8, "api.github.com": 1, "github.com": 1 }, most: 2 },
  { chain: [["node.exe", "C:\\actions-runner\\_work\\_actions\\actions\\checkout\\v4\\dist\\index.js"], ["Runner.Worker.exe", "spawnclient {digits:4} {digits:4}"]], as: "network service", runs: "job", pace: "people", perDay: 60, hosts: { "api.github.com": 3, "github.com": 2, "raw.githubusercontent.com": 0.3, "objects.githubusercontent.com": 1 } },
  { chain: [["powershell.exe", "-command \". 'C:\\actions-runner\\_work\\_temp\\{guid}.ps1'\""], ["Runner.Worker.exe", "spawnclient {digits:4} {digits:4}"]], as: "network service", runs: "job", pace: "people", perDay: 120, hosts: { "raw.githubusercontent.com": 1, "api.github.com": 1, "storage.googleapis.com": 0.5, "registry.npmjs.org": 3, "api.nuget.org": 3 } },
  { chain: [["git-remote-https.exe", "origin https://github.com/contoso/{word}.git"], ["git.exe", "-c protocol.version=2 fetch --no-tags --prune --depth=1 origin +{hex:40}:refs/remotes/origin/main"], ["Runner.Worker.exe", "spawnclient {digits:4} {digits:4}"]], as: "network service", runs: "job", pace: "people", perDay: 60, hosts: { "github.com": 1 }, most: 2 },
  { chain: [["node.exe", "\"C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js\" ci"], ["cmd.exe", "/d /s /c \"npm ci\""], ["Runner.Worker.exe", "spawnclient {digits:4} {digits:4}"]], as: "network service", runs: "job", pace: "people", perDay: 40, hosts: { "registry.npmjs.org": 12, "codeload.github.com": 1, "storage.googleapis.com": 0.3 } },
  { chain: ["MSBuild.exe", ["cmd.exe", "/c build.cmd"], ["Runner.Worker.exe", "spawnclient {digits:4} {digits:4}"]], command: "MSBuild.exe app.sln /t:Rebuild /p:Configuration=Release /m", as: "network service", runs: "job", pace: "people", perDay: 50 },
];

/** What servers run beside Windows itself. */
// oxfmt-ignore
export const serving: readonly Activity[] = [
  { chain: ["Duplicati.Server.exe"], runs: "session", pace: "clock", perDay: 12, share: 0.2, hosts: { "www.googleapis.com": 2, "api.dropboxapi.com": 0.5, "content.dropboxapi.com": 1, "graph.microsoft.com": 1 } },
  { chain: ["rclone.exe", schedule], runs: "job", pace: "clock", perDay: 4, share: 0.15, hosts: { "www.googleapis.com": 3, "oauth2.googleapis.com": 1 } },
  { chain: ["PRTG Probe.exe"], runs: "session", pace: "clock", perDay: 48, share: 0.15, hosts: { "monitor.{domain}": 20, "slack.com": 0.5, "api.telegram.org": 0.3 } },
  { chain: [["powershell.exe", "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File C:\\Scripts\\{word}.ps1"], schedule], as: "system", runs: "job", pace: "clock", perDay: 24, share: 0.6, hosts: { "fs01.{domain}": 3, "graph.microsoft.com": 1 }, most: 3 },
  { chain: [["cmd.exe", "/c C:\\Scripts\\rotate-logs.cmd"], schedule], as: "system", runs: "job", pace: "clock", perDay: 24 },
];

const kioskMain: Invocation = [
  "msedge.exe",
  "--kiosk https://www.{domain}/welcome --edge-kiosk-type=fullscreen --no-first-run",
];

/** One browser and nothing else, before a public that changes. */
// oxfmt-ignore
export const kiosk: readonly Activity[] = [
  { chain: [["msedge.exe", pipe], kioskMain], runs: "session", pace: "people", perDay: 120, hosts: { "www.{domain}": 10, "edge.microsoft.com": 1, "fonts.gstatic.com": 1 }, naming: "browser", also: [pagesOf("msedge.exe", kioskMain)] },
];
