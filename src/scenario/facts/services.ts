/** A public web service as scenarios need it. */
export interface Service {
  /** Addresses that the host resolves to, IPv4; a scenario draws one for each host. */
  readonly addresses: readonly string[];
  /** A typical URL; names in braces stand for what differs. */
  readonly url: string;
}

const cloudflarePaste = ["104.18.20.144", "104.21.34.17", "172.67.152.88"];
const githubWeb = ["140.82.112.3", "140.82.113.4", "140.82.114.4", "140.82.121.4"];
const githubRaw = ["185.199.108.133", "185.199.109.133", "185.199.110.133", "185.199.111.133"];
const oneDrive = ["13.107.42.12", "13.107.42.13"];
const discordCdn = ["162.159.129.233", "162.159.130.233", "162.159.133.233", "162.159.135.233"];
const slack = ["3.68.170.153", "18.159.197.225", "52.29.238.212"];

/** Web services by host name. A sub-domain that is not listed takes the addresses of its nearest listed parent. Addresses drift: they are plausible, not current. */
// oxfmt-ignore
export const services: Readonly<Record<string, Service>> = {
  "pastebin.com":              { addresses: ["104.20.67.143", "104.20.68.143", "172.67.34.170"], url: "https://pastebin.com/raw/{alnum:8}" },
  "paste.ee":                  { addresses: cloudflarePaste, url: "https://paste.ee/r/{alnum:5}" },
  "ghostbin.co":               { addresses: ["104.21.11.202", "172.67.149.60"], url: "https://ghostbin.co/paste/{alnum:5}/raw" },
  "github.com":                { addresses: githubWeb, url: "https://github.com/{word}/{word}/raw/main/{word}.ps1" },
  "api.github.com":            { addresses: ["140.82.112.5", "140.82.113.5", "140.82.114.6", "140.82.121.6"], url: "https://api.github.com/repos/{word}/{word}/releases/latest" },
  "raw.githubusercontent.com": { addresses: githubRaw, url: "https://raw.githubusercontent.com/{word}/{word}/{hex:40}/{word}.ps1" },
  "objects.githubusercontent.com": { addresses: githubRaw, url: "https://objects.githubusercontent.com/github-production-release-asset/{digits:9}/{guid}" },
  "gist.githubusercontent.com": { addresses: githubRaw, url: "https://gist.githubusercontent.com/{word}/{hex:32}/raw" },
  "gist.github.com":           { addresses: githubWeb, url: "https://gist.github.com/{word}/{hex:32}" },
  "graph.microsoft.com":       { addresses: ["20.190.159.2", "20.190.160.14", "40.126.31.71", "40.126.32.136"], url: "https://graph.microsoft.com/v1.0/me/drive/root:/{word}:/content" },
  "login.microsoftonline.com": { addresses: ["20.190.159.23", "40.126.31.69", "40.126.32.74"], url: "https://login.microsoftonline.com/{guid}/oauth2/v2.0/token" },
  "onedrive.live.com":         { addresses: oneDrive, url: "https://onedrive.live.com/download?cid={hex:16}&resid={hex:16}%21{digits:3}" },
  "api.onedrive.com":          { addresses: oneDrive, url: "https://api.onedrive.com/v1.0/drive/root:/{word}" },
  "g.live.com":                { addresses: ["13.107.42.16", "204.79.197.219"], url: "https://g.live.com/odclientsettings/Prod" },
  "www.googleapis.com":        { addresses: ["142.250.74.138", "142.250.186.74", "172.217.16.138"], url: "https://www.googleapis.com/drive/v3/files/{alnum:33}?alt=media" },
  "oauth2.googleapis.com":     { addresses: ["142.250.74.42", "172.217.16.202"], url: "https://oauth2.googleapis.com/token" },
  "drive.google.com":          { addresses: ["142.250.74.110", "142.250.186.78", "172.217.16.142"], url: "https://drive.google.com/uc?export=download&id={alnum:33}" },
  "storage.googleapis.com":    { addresses: ["142.250.74.187", "172.217.16.155"], url: "https://storage.googleapis.com/{word}/{word}" },
  "api.dropboxapi.com":        { addresses: ["162.125.64.19", "162.125.66.19"], url: "https://api.dropboxapi.com/2/files/list_folder" },
  "content.dropboxapi.com":    { addresses: ["162.125.64.14", "162.125.66.14"], url: "https://content.dropboxapi.com/2/files/upload" },
  "discord.com":               { addresses: ["162.159.128.233", "162.159.135.232", "162.159.136.232", "162.159.137.232"], url: "https://discord.com/api/webhooks/{digits:19}/{alnum:68}" },
  "gateway.discord.gg":        { addresses: ["162.159.130.234", "162.159.133.234", "162.159.135.234"], url: "https://gateway.discord.gg/?v=10&encoding=json" },
  "discordapp.com":            { addresses: ["162.159.129.233", "162.159.130.233"], url: "https://discordapp.com/api/webhooks/{digits:19}/{alnum:68}" },
  "cdn.discordapp.com":        { addresses: discordCdn, url: "https://cdn.discordapp.com/attachments/{digits:19}/{digits:19}/{word}.hta" },
  "api.telegram.org":          { addresses: ["149.154.167.220"], url: "https://api.telegram.org/bot{digits:10}:{alnum:35}/getUpdates" },
  "slack.com":                 { addresses: slack, url: "https://slack.com/api/chat.postMessage" },
  "api.slack.com":             { addresses: slack, url: "https://api.slack.com/apps" },
  "firebaseio.com":            { addresses: ["35.201.97.85", "34.120.160.131", "34.120.206.254", "35.190.39.113"], url: "https://{word}.firebaseio.com/{word}.json" },
  "firebase.googleapis.com":   { addresses: ["142.250.74.138"], url: "https://firebase.googleapis.com/v1beta1/projects/{word}" },
  "api.notion.so":             { addresses: ["104.18.39.102", "172.64.148.154"], url: "https://api.notion.so/v1/blocks/{guid}/children" },
  "gitee.com":                 { addresses: ["180.76.198.77", "180.76.198.225", "180.76.199.13"], url: "https://gitee.com/{word}/{word}/raw/master/{word}" },
  "top4top.io":                { addresses: ["135.181.63.70", "65.108.77.90"], url: "https://a.top4top.io/p_{digits:4}{alnum:9}.png" },
  "ctldl.windowsupdate.com":   { addresses: ["2.16.241.207", "23.32.238.179"], url: "http://ctldl.windowsupdate.com/msdownload/update/v3/static/trustedr/en/authrootstl.cab" },
  "registry.npmjs.org":        { addresses: ["104.16.24.34", "104.16.27.34"], url: "https://registry.npmjs.org/{word}" },
};
