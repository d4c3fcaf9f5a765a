import type { Integrity } from "./windows.ts";

/** Whose account a program runs as where a step does not say: the user at the desk, or one of the three service accounts. */
export type ProgramAccount = "user" | "system" | "local service" | "network service";

/** A known program: where it lies, what its file says of itself, and how it is usually started. */
export interface Program {
  /** File name as it is on disk. */
  readonly name: string;
  /** Whole path; `{user}` stands for the account's name. */
  readonly path: string;
  /** Version resource: company, product, version, original file name, description; absent: the file has none. */
  readonly version?: readonly [string, string, string, string, string];
  /** Its usual parent, with arguments where they matter; absent where the parent is gone by the time anything is recorded. */
  readonly parent?: string;
  /** Absent: `user`. */
  readonly account?: ProgramAccount;
  /** Usual arguments after the program's own name. */
  readonly arguments?: string;
  /** Its own name stands in the command line without quotes. */
  readonly bare?: boolean;
  /** What it runs with where that is not what its account and its parent have. */
  readonly integrity?: Integrity;
  /** `needed`: it runs in a console. `given`: what it starts finds one there. */
  readonly console?: "needed" | "given";
  /** Runs from the start of the device or of the session on. */
  readonly resident?: boolean;
}

const windowsVersion = "10.0.22621.3810";

type Version = readonly [string, string, string, string, string];

/** The version resource of a file that belongs to Windows. */
function windows(originalName: string, description: string, version = windowsVersion): Version {
  return [
    "Microsoft Corporation",
    "Microsoft® Windows® Operating System",
    version,
    originalName,
    description,
  ];
}

function office(originalName: string, description: string): Version {
  return [
    "Microsoft Corporation",
    "Microsoft Office",
    "16.0.17628.20110",
    originalName,
    description,
  ];
}

const system32 = String.raw`C:\Windows\System32`;
const office16 = String.raw`C:\Program Files\Microsoft Office\root\Office16`;
const local = String.raw`C:\Users\{user}\AppData\Local`;
const electron =
  "--type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --service-sandbox-type=none";

// oxfmt-ignore
const list: readonly Program[] = [
  // Windows: start-up, session, services.
  { name: "wininit.exe",     path: `${system32}\\wininit.exe`, version: windows("WinInit.exe", "Windows Start-Up Application"), account: "system", bare: true, resident: true },
  { name: "services.exe",    path: `${system32}\\services.exe`, version: windows("services.exe", "Services and Controller app"), parent: "wininit.exe", account: "system", bare: true, resident: true },
  { name: "lsass.exe",       path: `${system32}\\lsass.exe`, version: windows("lsass.exe", "Local Security Authority Process"), parent: "wininit.exe", account: "system", bare: true, resident: true },
  { name: "winlogon.exe",    path: `${system32}\\winlogon.exe`, version: windows("WINLOGON.EXE", "Windows Logon Application"), account: "system", bare: true, resident: true },
  { name: "userinit.exe",    path: `${system32}\\userinit.exe`, version: windows("USERINIT.EXE", "Userinit Logon Application"), parent: "winlogon.exe", bare: true, resident: true },
  { name: "explorer.exe",    path: "C:\\Windows\\explorer.exe", version: windows("EXPLORER.EXE", "Windows Explorer"), parent: "userinit.exe", bare: true, resident: true },
  { name: "svchost.exe",     path: `${system32}\\svchost.exe`, version: windows("svchost.exe", "Host Process for Windows Services"), parent: "services.exe", account: "system", arguments: "-k netsvcs -p -s Schedule", bare: true, resident: true },
  { name: "conhost.exe",     path: `${system32}\\conhost.exe`, version: windows("CONHOST.EXE", "Console Window Host"), parent: "cmd.exe", arguments: "0xffffffff -ForceV1", bare: true },
  { name: "taskhostw.exe",   path: `${system32}\\taskhostw.exe`, version: windows("taskhostw.exe", "Host Process for Windows Tasks"), parent: "svchost.exe", bare: true },
  { name: "RuntimeBroker.exe", path: `${system32}\\RuntimeBroker.exe`, version: windows("RuntimeBroker.exe", "Runtime Broker"), parent: "svchost.exe -k DcomLaunch -p", arguments: "-Embedding", bare: true },
  { name: "backgroundTaskHost.exe", path: `${system32}\\backgroundTaskHost.exe`, version: windows("backgroundTaskHost.exe", "Background Task Host"), parent: "svchost.exe -k DcomLaunch -p", arguments: "-ServerName:App.AppXtk181tbxbce2qsex02s8tw7hfxa9xb3t.mca", integrity: "Low" },
  { name: "dllhost.exe",     path: `${system32}\\dllhost.exe`, version: windows("dllhost.exe", "COM Surrogate"), parent: "svchost.exe -k DcomLaunch -p", arguments: "/Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}", bare: true },
  { name: "WmiPrvSE.exe",    path: `${system32}\\wbem\\WmiPrvSE.exe`, version: windows("Wmiprvse.exe", "WMI Provider Host"), parent: "svchost.exe -k DcomLaunch -p", account: "network service", arguments: "-secured -Embedding", bare: true },
  { name: "SearchIndexer.exe", path: `${system32}\\SearchIndexer.exe`, version: windows("SearchIndexer.exe", "Microsoft Windows Search Indexer", "7.0.22621.3810"), parent: "services.exe", account: "system", arguments: "/Embedding", bare: true, resident: true },
  { name: "SearchFilterHost.exe", path: `${system32}\\SearchFilterHost.exe`, version: windows("SearchFilterHost.exe", "Microsoft Windows Search Filter Host", "7.0.22621.3810"), parent: "SearchIndexer.exe", account: "system", arguments: "0 812 816 824 8192 820 796 ", integrity: "Medium" },
  { name: "SearchProtocolHost.exe", path: `${system32}\\SearchProtocolHost.exe`, version: windows("SearchProtocolHost.exe", "Microsoft Windows Search Protocol Host", "7.0.22621.3810"), parent: "SearchIndexer.exe", account: "system", arguments: "Global\\UsGthrFltPipeMssGthrPipe{digits:2}_ Global\\UsGthrCtrlFltPipeMssGthrPipe{digits:2} 1 -2147483646 \"Software\\Microsoft\\Windows Search\" \"Mozilla/4.0 (compatible; MSIE 6.0; Windows NT; MS Search 4.0 Robot)\" \"C:\\ProgramData\\Microsoft\\Search\\Data\\Temp\\usgthrsvc\" \"DownLevelDaemon\" " },
  { name: "wermgr.exe",      path: `${system32}\\wermgr.exe`, version: windows("WerMgr", "Windows Problem Reporting"), parent: "svchost.exe", account: "system", arguments: "-upload", bare: true },
  { name: "consent.exe",     path: `${system32}\\consent.exe`, version: windows("consent.exe", "Consent UI for administrative applications"), parent: "svchost.exe -k netsvcs -p -s Appinfo", account: "system", arguments: "{digits:4} {digits:3} 0000{digits:12}", bare: true },
  { name: "TrustedInstaller.exe", path: "C:\\Windows\\servicing\\TrustedInstaller.exe", version: windows("TrustedInstaller.exe", "Windows Modules Installer"), parent: "services.exe", account: "system", bare: true },
  { name: "TiWorker.exe",    path: "C:\\Windows\\WinSxS\\amd64_microsoft-windows-servicingstack_31bf3856ad364e35_10.0.22621.3807_none_e93a1a2b7c3f5d64\\TiWorker.exe", version: windows("TiWorker.exe", "Windows Modules Installer Worker"), parent: "svchost.exe -k DcomLaunch -p", account: "system", arguments: "-Embedding", bare: true },
  { name: "sppsvc.exe",      path: `${system32}\\sppsvc.exe`, version: windows("sppsvc.exe", "Microsoft Software Protection Platform Service"), parent: "services.exe", account: "network service", bare: true },
  { name: "CompatTelRunner.exe", path: `${system32}\\CompatTelRunner.exe`, version: windows("CompatTelRunner.exe", "Microsoft Compatibility Telemetry"), parent: "svchost.exe", account: "system", bare: true, console: "needed" },
  { name: "gpupdate.exe",    path: `${system32}\\gpupdate.exe`, version: windows("GPUpdate.exe", "Microsoft® Group Policy Update Utility"), parent: "svchost.exe", account: "system", arguments: "/target:computer", bare: true, console: "needed" },
  { name: "dsregcmd.exe",    path: `${system32}\\dsregcmd.exe`, version: windows("dsregcmd.exe", "DSREG commandline tool"), parent: "svchost.exe", account: "system", arguments: "$(Arg0) $(Arg1) $(Arg2)", bare: true, console: "needed" },
  { name: "BackgroundTransferHost.exe", path: `${system32}\\BackgroundTransferHost.exe`, version: windows("BackgroundTransferHost.exe", "Download/Upload Host"), parent: "svchost.exe -k DcomLaunch -p", arguments: "-ServerName:BackgroundTransferHost.1", integrity: "Low" },
  { name: "net.exe",         path: `${system32}\\net.exe`, version: windows("net.exe", "Net Command"), parent: "cmd.exe", console: "needed" },
  { name: "net1.exe",        path: `${system32}\\net1.exe`, version: windows("net1.exe", "Net Command"), parent: "net.exe", bare: true, console: "needed" },
  { name: "smartscreen.exe", path: `${system32}\\smartscreen.exe`, version: windows("smartscreen.exe", "Windows Defender SmartScreen"), parent: "svchost.exe -k DcomLaunch -p", arguments: "-Embedding", bare: true },
  { name: "wsmprovhost.exe", path: `${system32}\\wsmprovhost.exe`, version: windows("wsmprovhost.exe", "Host process for WinRM plug-ins"), parent: "svchost.exe -k DcomLaunch -p", arguments: "-Embedding", bare: true },
  { name: "notepad.exe",     path: `${system32}\\notepad.exe`, version: windows("NOTEPAD.EXE", "Notepad"), parent: "explorer.exe" },
  { name: "mmc.exe",         path: `${system32}\\mmc.exe`, version: windows("mmc.exe", "Microsoft Management Console"), parent: "explorer.exe", arguments: "\"C:\\Windows\\system32\\eventvwr.msc\" /s" },
  // Windows: shells, script hosts and tools that fetch.
  { name: "cmd.exe",         path: `${system32}\\cmd.exe`, version: windows("Cmd.Exe", "Windows Command Processor"), parent: "explorer.exe", console: "needed" },
  { name: "powershell.exe",  path: `${system32}\\WindowsPowerShell\\v1.0\\powershell.exe`, version: windows("PowerShell.EXE", "Windows PowerShell"), parent: "explorer.exe", console: "needed" },
  { name: "powershell_ise.exe", path: `${system32}\\WindowsPowerShell\\v1.0\\powershell_ise.exe`, version: windows("powershell_ise.EXE", "Windows PowerShell ISE"), parent: "explorer.exe" },
  { name: "WindowsTerminal.exe", path: "C:\\Program Files\\WindowsApps\\Microsoft.WindowsTerminal_1.20.11781.0_x64__8wekyb3d8bbwe\\WindowsTerminal.exe", version: ["Microsoft Corporation", "Windows Terminal", "1.20.2406.1002", "WindowsTerminal.exe", "Windows Terminal Host"], parent: "explorer.exe", console: "given" },
  { name: "wscript.exe",     path: `${system32}\\wscript.exe`, version: windows("wscript.exe", "Microsoft ® Windows Based Script Host", "5.812.10240.16384"), parent: "explorer.exe" },
  { name: "cscript.exe",     path: `${system32}\\cscript.exe`, version: windows("cscript.exe", "Microsoft ® Console Based Script Host", "5.812.10240.16384"), parent: "cmd.exe", console: "needed" },
  { name: "mshta.exe",       path: `${system32}\\mshta.exe`, version: windows("MSHTA.EXE", "Microsoft (R) HTML Application host", "11.0.22621.3810"), parent: "explorer.exe" },
  { name: "rundll32.exe",    path: `${system32}\\rundll32.exe`, version: windows("RUNDLL32.EXE", "Windows host process (Rundll32)"), parent: "explorer.exe" },
  { name: "regsvr32.exe",    path: `${system32}\\regsvr32.exe`, version: windows("REGSVR32.EXE", "Microsoft(C) Register Server"), parent: "cmd.exe" },
  { name: "certutil.exe",    path: `${system32}\\certutil.exe`, version: windows("CertUtil.exe", "CertUtil.exe"), parent: "cmd.exe", console: "needed" },
  { name: "bitsadmin.exe",   path: `${system32}\\bitsadmin.exe`, version: windows("bitsadmin.exe", "BITS administration utility", "7.8.22621.3810"), parent: "cmd.exe", console: "needed" },
  { name: "curl.exe",        path: `${system32}\\curl.exe`, version: ["curl, https://curl.se/", "The curl executable", "8.7.1", "curl.exe", "The curl executable"], parent: "cmd.exe", console: "needed" },
  { name: "WMIC.exe",        path: `${system32}\\wbem\\WMIC.exe`, version: windows("wmic.exe", "WMI Commandline Utility"), parent: "cmd.exe", console: "needed" },
  { name: "msiexec.exe",     path: `${system32}\\msiexec.exe`, version: windows("msiexec.exe", "Windows® installer", "5.0.22621.3810"), parent: "cmd.exe" },
  { name: "cmstp.exe",       path: `${system32}\\cmstp.exe`, version: windows("CMSTP.EXE", "Microsoft Connection Manager Profile Installer", "7.2.22621.3810"), parent: "cmd.exe" },
  { name: "hh.exe",          path: "C:\\Windows\\hh.exe", version: windows("HH.exe", "Microsoft® HTML Help Executable"), parent: "explorer.exe" },
  { name: "whoami.exe",      path: `${system32}\\whoami.exe`, version: windows("whoami.exe", "whoami - displays logged on user information"), parent: "cmd.exe", console: "needed" },
  { name: "mstsc.exe",       path: `${system32}\\mstsc.exe`, version: windows("mstsc.exe", "Remote Desktop Connection"), parent: "explorer.exe" },
  { name: "nltest.exe",      path: `${system32}\\nltest.exe`, version: windows("nltestrk.exe", "Microsoft® Logon Server Test Utility"), parent: "cmd.exe", console: "needed" },
  { name: "ipconfig.exe",    path: `${system32}\\ipconfig.exe`, version: windows("ipconfig.exe", "IP Configuration Utility"), parent: "cmd.exe", console: "needed" },
  { name: "systeminfo.exe",  path: `${system32}\\systeminfo.exe`, version: windows("sysinfo.exe", "Displays system information"), parent: "cmd.exe", console: "needed" },
  { name: "tasklist.exe",    path: `${system32}\\tasklist.exe`, version: windows("tasklist.exe", "Lists the current running tasks"), parent: "cmd.exe", console: "needed" },
  { name: "schtasks.exe",    path: `${system32}\\schtasks.exe`, version: windows("schtasks.exe", "Task Scheduler Configuration Tool"), parent: "cmd.exe", console: "needed" },
  { name: "sc.exe",          path: `${system32}\\sc.exe`, version: windows("sc.exe", "Service Control Manager Configuration Tool"), parent: "cmd.exe", console: "needed" },
  { name: "reg.exe",         path: `${system32}\\reg.exe`, version: windows("reg.exe", "Registry Console Tool"), parent: "cmd.exe", console: "needed" },
  { name: "wevtutil.exe",    path: `${system32}\\wevtutil.exe`, version: windows("wevtutil.exe", "Eventing Command Line Utility"), parent: "cmd.exe", console: "needed" },
  { name: "MSBuild.exe",     path: "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\MSBuild.exe", version: ["Microsoft Corporation", "Microsoft® .NET Framework", "4.8.9037.0", "MSBuild.exe", "MSBuild.exe"], parent: "cmd.exe", console: "needed" },
  { name: "InstallUtil.exe", path: "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\InstallUtil.exe", version: ["Microsoft Corporation", "Microsoft® .NET Framework", "4.8.9037.0", "InstallUtil.exe", ".NET Framework installation utility"], parent: "cmd.exe", console: "needed" },
  // Office.
  { name: "WINWORD.EXE",     path: `${office16}\\WINWORD.EXE`, version: office("WinWord.exe", "Microsoft Word"), parent: "explorer.exe" },
  { name: "EXCEL.EXE",       path: `${office16}\\EXCEL.EXE`, version: office("Excel.exe", "Microsoft Excel"), parent: "explorer.exe" },
  { name: "POWERPNT.EXE",    path: `${office16}\\POWERPNT.EXE`, version: office("POWERPNT.EXE", "Microsoft PowerPoint"), parent: "explorer.exe" },
  { name: "OUTLOOK.EXE",     path: `${office16}\\OUTLOOK.EXE`, version: office("Outlook.exe", "Microsoft Outlook"), parent: "explorer.exe" },
  { name: "ONENOTE.EXE",     path: `${office16}\\ONENOTE.EXE`, version: office("OneNote.exe", "Microsoft OneNote"), parent: "explorer.exe" },
  { name: "SDXHelper.exe",   path: `${office16}\\SDXHelper.exe`, version: office("SDXHelper.exe", "Microsoft Office SDX Helper"), parent: "svchost.exe", arguments: "/onlogon" },
  { name: "AcroRd32.exe",    path: "C:\\Program Files (x86)\\Adobe\\Acrobat Reader DC\\Reader\\AcroRd32.exe", version: ["Adobe Systems Incorporated", "Adobe Acrobat Reader DC", "23.8.20533.0", "AcroRd32.exe", "Adobe Acrobat Reader DC"], parent: "explorer.exe" },
  { name: "Acrobat.exe",     path: "C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe", version: ["Adobe Systems Incorporated", "Adobe Acrobat", "24.2.20857.0", "Acrobat.exe", "Adobe Acrobat"], parent: "explorer.exe" },
  // Synchronisation and chat.
  { name: "OneDrive.exe",    path: `${local}\\Microsoft\\OneDrive\\OneDrive.exe`, version: ["Microsoft Corporation", "Microsoft OneDrive", "24.111.602.3", "OneDrive.exe", "Microsoft OneDrive"], parent: "explorer.exe", arguments: "/background" },
  { name: "OneDriveStandaloneUpdater.exe", path: `${local}\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe`, version: ["Microsoft Corporation", "Microsoft OneDrive", "24.111.602.3", "OneDriveStandaloneUpdater.exe", "Standalone Updater"], parent: "svchost.exe", arguments: "/reporting", bare: true },
  { name: "OneDriveSetup.exe", path: `${local}\\Microsoft\\OneDrive\\Update\\OneDriveSetup.exe`, version: ["Microsoft Corporation", "Microsoft OneDrive", "24.111.602.3", "OneDriveSetup.exe", "Microsoft OneDrive Setup"], parent: "OneDriveStandaloneUpdater.exe", arguments: "/update /peruser" },
  { name: "Microsoft.SharePoint.exe", path: `${local}\\Microsoft\\OneDrive\\24.111.0602.0003\\Microsoft.SharePoint.exe`, version: ["Microsoft Corporation", "Microsoft OneDrive", "24.111.602.3", "Microsoft.SharePoint.exe", "Microsoft SharePoint"], parent: "OneDrive.exe", arguments: "/silentConfig" },
  { name: "Dropbox.exe",     path: "C:\\Program Files (x86)\\Dropbox\\Client\\Dropbox.exe", version: ["Dropbox, Inc.", "Dropbox", "202.4.5551.0", "Dropbox.exe", "Dropbox"], parent: "explorer.exe", arguments: "/systemstartup" },
  { name: "GoogleDriveFS.exe", path: "C:\\Program Files\\Google\\Drive File Stream\\92.0.1.0\\GoogleDriveFS.exe", version: ["Google LLC", "Google Drive", "92.0.1.0", "GoogleDriveFS.exe", "Google Drive"], parent: "explorer.exe", arguments: "--startup_mode" },
  { name: "googledrivesync.exe", path: "C:\\Program Files\\Google\\Drive\\googledrivesync.exe", version: ["Google", "Backup and Sync", "3.57.4256.0", "googledrivesync.exe", "Backup and Sync from Google"], parent: "explorer.exe", arguments: "/autostart" },
  { name: "Teams.exe",       path: `${local}\\Microsoft\\Teams\\current\\Teams.exe`, version: ["Microsoft Corporation", "Microsoft Teams", "1.7.00.15966", "Teams.exe", "Microsoft Teams"], parent: "explorer.exe", arguments: electron },
  { name: "ms-teams.exe",    path: "C:\\Program Files\\WindowsApps\\MSTeams_24165.1414.2987.41_x64__8wekyb3d8bbwe\\ms-teams.exe", version: ["Microsoft Corporation", "Microsoft Teams", "24165.1414.2987.41", "ms-teams.exe", "Microsoft Teams"], parent: "explorer.exe", arguments: "msteams:system-initiated" },
  { name: "slack.exe",       path: `${local}\\slack\\app-4.39.90\\slack.exe`, version: ["Slack Technologies Inc.", "Slack", "4.39.90", "slack.exe", "Slack"], parent: "explorer.exe", arguments: electron },
  { name: "Discord.exe",     path: `${local}\\Discord\\app-1.0.9154\\Discord.exe`, version: ["Discord Inc.", "Discord", "1.0.9154", "Discord.exe", "Discord"], parent: "explorer.exe", arguments: electron },
  { name: "Notion.exe",      path: `${local}\\Programs\\Notion\\Notion.exe`, version: ["Notion Labs, Incorporated", "Notion", "3.10.0", "Notion.exe", "Notion"], parent: "explorer.exe", arguments: electron },
  { name: "Zoom.exe",        path: "C:\\Users\\{user}\\AppData\\Roaming\\Zoom\\bin\\Zoom.exe", version: ["Zoom Communications, Inc.", "Zoom", "6.1.1.41705", "Zoom.exe", "Zoom Workplace"], parent: "explorer.exe", arguments: "--action=sso" },
  { name: "Obsidian.exe",    path: `${local}\\Programs\\obsidian\\Obsidian.exe`, version: ["Dynalist Inc.", "Obsidian", "1.6.3.0", "Obsidian.exe", "Obsidian"], parent: "explorer.exe", arguments: electron },
  // Browsers.
  { name: "chrome.exe",      path: "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", version: ["Google LLC", "Google Chrome", "126.0.6478.127", "chrome.exe", "Google Chrome"], parent: "explorer.exe" },
  { name: "msedge.exe",      path: "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe", version: ["Microsoft Corporation", "Microsoft Edge", "126.0.2592.81", "msedge.exe", "Microsoft Edge"], parent: "explorer.exe", arguments: "--no-startup-window --win-session-start" },
  { name: "identity_helper.exe", path: "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\126.0.2592.81\\identity_helper.exe", version: ["Microsoft Corporation", "Microsoft Edge", "126.0.2592.81", "identity_helper.exe", "PWA Identity Proxy Host"], parent: "msedge.exe" },
  { name: "firefox.exe",     path: "C:\\Program Files\\Mozilla Firefox\\firefox.exe", version: ["Mozilla Corporation", "Firefox", "127.0.2", "firefox.exe", "Firefox"], parent: "explorer.exe" },
  { name: "brave.exe",       path: "C:\\Program Files\\BraveSoftware\\Brave-Browser\\Application\\brave.exe", version: ["Brave Software, Inc.", "Brave Browser", "126.1.67.123", "chrome.exe", "Brave Browser"], parent: "explorer.exe" },
  { name: "opera.exe",       path: `${local}\\Programs\\Opera\\opera.exe`, version: ["Opera Software", "Opera Internet Browser", "111.0.5168.43", "opera.exe", "Opera Internet Browser"], parent: "explorer.exe" },
  { name: "iexplore.exe",    path: "C:\\Program Files\\Internet Explorer\\iexplore.exe", version: windows("IEXPLORE.EXE", "Internet Explorer", "11.0.22621.1"), parent: "explorer.exe" },
  { name: "Safari.exe",      path: "C:\\Program Files (x86)\\Safari\\Safari.exe", version: ["Apple Inc.", "Safari", "5.34.57.2", "Safari.exe", "Safari"], parent: "explorer.exe" },
  { name: "msedgewebview2.exe", path: "C:\\Program Files (x86)\\Microsoft\\EdgeWebView\\Application\\126.0.2592.81\\msedgewebview2.exe", version: ["Microsoft Corporation", "Microsoft Edge WebView2", "126.0.2592.81", "msedgewebview2.exe", "Microsoft Edge WebView2"], parent: "ms-teams.exe", arguments: `${electron} --noerrdialogs` },
  // Development.
  { name: "Code.exe",        path: `${local}\\Programs\\Microsoft VS Code\\Code.exe`, version: ["Microsoft Corporation", "Visual Studio Code", "1.90.2", "electron.exe", "Visual Studio Code"], parent: "explorer.exe", arguments: `${electron} --user-data-dir="C:\\Users\\{user}\\AppData\\Roaming\\Code"` },
  { name: "idea64.exe",      path: "C:\\Program Files\\JetBrains\\IntelliJ IDEA 2024.1.4\\bin\\idea64.exe", version: ["JetBrains s.r.o.", "IntelliJ IDEA", "2024.1.4", "idea64.exe", "IntelliJ IDEA"], parent: "explorer.exe" },
  { name: "GitHubDesktop.exe", path: `${local}\\GitHubDesktop\\app-3.4.2\\GitHubDesktop.exe`, version: ["GitHub, Inc.", "GitHub Desktop", "3.4.2", "GitHubDesktop.exe", "GitHub Desktop"], parent: "explorer.exe", arguments: electron },
  { name: "gh.exe",          path: "C:\\Program Files\\GitHub CLI\\gh.exe", parent: "pwsh.exe", arguments: "release view", console: "needed" },
  { name: "git.exe",         path: "C:\\Program Files\\Git\\cmd\\git.exe", version: ["The Git Development Community", "Git", "2.45.2.1", "git.exe", "Git for Windows"], parent: "pwsh.exe", arguments: "fetch origin", console: "needed" },
  { name: "git-remote-https.exe", path: "C:\\Program Files\\Git\\mingw64\\libexec\\git-core\\git-remote-https.exe", version: ["The Git Development Community", "Git", "2.45.2.1", "git.exe", "Git for Windows"], parent: "git.exe", arguments: "origin https://github.com/{word}/{word}.git", bare: true, console: "needed" },
  { name: "pwsh.exe",        path: "C:\\Program Files\\PowerShell\\7\\pwsh.exe", version: ["Microsoft Corporation", "PowerShell", "7.4.3.500", "pwsh.dll", "pwsh"], parent: "WindowsTerminal.exe", arguments: "-NoLogo", console: "needed" },
  { name: "node.exe",        path: "C:\\Program Files\\nodejs\\node.exe", version: ["Node.js", "Node.js", "20.15.0", "node.exe", "Node.js JavaScript Runtime"], parent: "cmd.exe", console: "needed" },
  { name: "python.exe",      path: `${local}\\Programs\\Python\\Python312\\python.exe`, version: ["Python Software Foundation", "Python", "3.12.4", "python.exe", "Python"], parent: "cmd.exe", console: "needed" },
  { name: "python3.exe",     path: `${local}\\Microsoft\\WindowsApps\\python3.exe`, parent: "cmd.exe", console: "needed" },
  { name: "ruby.exe",        path: "C:\\Ruby33-x64\\bin\\ruby.exe", version: ["http://www.ruby-lang.org/", "Ruby interpreter 3.3.3p89 [x64-mingw-ucrt]", "3.3.3p89", "ruby.exe", "Ruby interpreter (CUI) 3.3.3p89 [x64-mingw-ucrt]"], parent: "cmd.exe", console: "needed" },
  { name: "perl.exe",        path: "C:\\Strawberry\\perl\\bin\\perl.exe", version: ["", "", "5.38.2", "perl.exe", "Perl interpreter"], parent: "cmd.exe", console: "needed" },
  { name: "wget.exe",        path: "C:\\ProgramData\\chocolatey\\lib\\Wget\\tools\\wget.exe", version: ["Free Software Foundation", "GNU Wget", "1.21.4", "wget.exe", "GNU Wget"], parent: "cmd.exe", console: "needed" },
  { name: "terraform.exe",   path: "C:\\ProgramData\\chocolatey\\lib\\terraform\\tools\\terraform.exe", parent: "pwsh.exe", arguments: "init -upgrade", console: "needed" },
  { name: "RunnerService.exe", path: "C:\\actions-runner\\bin\\RunnerService.exe", version: ["GitHub", "GitHub Actions Runner", "2.317.0.0", "RunnerService.exe", "RunnerService"], parent: "services.exe", account: "network service", resident: true },
  { name: "Runner.Listener.exe", path: "C:\\actions-runner\\bin\\Runner.Listener.exe", version: ["GitHub", "GitHub Actions Runner", "2.317.0.0", "Runner.Listener.dll", "Runner.Listener"], parent: "RunnerService.exe", account: "network service", arguments: "run --startuptype service", resident: true },
  { name: "Runner.Worker.exe", path: "C:\\actions-runner\\bin\\Runner.Worker.exe", version: ["GitHub", "GitHub Actions Runner", "2.317.0.0", "Runner.Worker.dll", "Runner.Worker"], parent: "Runner.Listener.exe", account: "network service", arguments: "spawnclient 1428 1136" },
  // Management, protection, backup.
  { name: "MsMpEng.exe",     path: "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24050.7-0\\MsMpEng.exe", version: windows("MsMpEng.exe", "Antimalware Service Executable", "4.18.24050.7"), parent: "services.exe", account: "system", resident: true },
  { name: "MpCmdRun.exe",    path: "C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24050.7-0\\MpCmdRun.exe", version: windows("MpCmdRun.exe", "Microsoft Malware Protection Command Line Utility", "4.18.24050.7"), parent: "svchost.exe", account: "system", arguments: "Scan -ScheduleJob -RestrictPrivileges -DailyScan -ScanTrigger 55", console: "needed" },
  { name: "MsSense.exe",     path: "C:\\Program Files\\Windows Defender Advanced Threat Protection\\MsSense.exe", version: windows("MsSense.exe", "Windows Defender Advanced Threat Protection Service Executable", "10.8760.22621.3810"), parent: "services.exe", account: "system", resident: true },
  { name: "SenseIR.exe",     path: "C:\\Program Files\\Windows Defender Advanced Threat Protection\\SenseIR.exe", version: windows("SenseIR.exe", "Windows Defender Advanced Threat Protection Sense IR (Incident Response) module", "10.8760.22621.3810"), parent: "MsSense.exe", account: "system", arguments: "\"OnlineSenseIR\" \"{guid}\" \"{digits:8}\"" },
  { name: "Microsoft.Management.Services.IntuneWindowsAgent.exe", path: "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe", version: ["Microsoft Corporation", "Microsoft Intune Management Extension", "1.79.199.0", "Microsoft.Management.Services.IntuneWindowsAgent.exe", "Microsoft.Management.Services.IntuneWindowsAgent"], parent: "services.exe", account: "system", resident: true },
  { name: "AgentExecutor.exe", path: "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\AgentExecutor.exe", version: ["Microsoft Corporation", "Microsoft Intune Management Extension", "1.79.199.0", "AgentExecutor.exe", "AgentExecutor"], parent: "Microsoft.Management.Services.IntuneWindowsAgent.exe", account: "system", arguments: "-powershell \"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\{guid}_{guid}.ps1\"" },
  { name: "updater.exe",     path: "C:\\Program Files (x86)\\Google\\GoogleUpdater\\128.0.6537.0\\updater.exe", version: ["Google LLC", "Google Updater", "128.0.6537.0", "updater.exe", "Google Updater"], parent: "services.exe", account: "system", arguments: "--server --service=update-internal" },
  { name: "PowerToys.exe",   path: "C:\\Program Files\\PowerToys\\PowerToys.exe", version: ["Microsoft Corporation", "PowerToys", "0.82.0", "PowerToys.exe", "PowerToys Runner"], parent: "svchost.exe" },
  { name: "notepad++.exe",   path: "C:\\Program Files\\Notepad++\\notepad++.exe", version: ["Don HO don.h@free.fr", "Notepad++", "8.64", "notepad++.exe", "Notepad++"], parent: "explorer.exe" },
  { name: "GUP.exe",         path: "C:\\Program Files\\Notepad++\\updater\\GUP.exe", version: ["Don HO don.h@free.fr", "WinGup", "5.27", "gup.exe", "WinGup for Notepad++"], parent: "notepad++.exe", arguments: "-v8.64 -px64" },
  { name: "Duplicati.WindowsService.exe", path: "C:\\Program Files\\Duplicati 2\\Duplicati.WindowsService.exe", version: ["Duplicati Team", "Duplicati", "2.0.8.1", "Duplicati.WindowsService.exe", "Duplicati Service"], parent: "services.exe", account: "system", resident: true },
  { name: "Duplicati.Server.exe", path: "C:\\Program Files\\Duplicati 2\\Duplicati.Server.exe", version: ["Duplicati Team", "Duplicati", "2.0.8.1", "Duplicati.Server.exe", "Duplicati"], parent: "Duplicati.WindowsService.exe", account: "system", arguments: "--webservice-port=8200", resident: true },
  { name: "rclone.exe",      path: "C:\\Tools\\rclone\\rclone.exe", version: ["https://rclone.org", "Rclone", "1.67.0", "rclone.exe", "Rsync for cloud storage"], parent: "svchost.exe", account: "system", arguments: "sync D:\\Backup gdrive:backup --config C:\\Tools\\rclone\\rclone.conf", bare: true, console: "needed" },
  { name: "PRTG Probe.exe",  path: "C:\\Program Files (x86)\\PRTG Network Monitor\\PRTG Probe.exe", version: ["Paessler AG", "PRTG", "24.2.94.1400", "PRTG Probe.exe", "PRTG Probe Service"], parent: "services.exe", account: "system", resident: true },
];

/** The known programs by file name in lower case. */
export const programs: ReadonlyMap<string, Program> = new Map(
  list.map((program) => [program.name.toLowerCase(), program]),
);
