/** Applications of Microsoft by the name that sign-in logs give them, with their ids, which are the same in every tenant. */
// oxfmt-ignore
export const applications: Readonly<Record<string, string>> = {
  "Azure Portal":                     "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
  "Microsoft Azure CLI":              "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
  "Microsoft Azure PowerShell":       "1950a258-227b-4e31-a9cf-717495945fc2",
  "Microsoft Graph Command Line Tools": "14d82eec-204b-4c2f-b7e8-296a70dab67e",
  "Microsoft Office":                 "d3590ed6-52b3-4102-aeff-aad2292ab01c",
  "Microsoft Teams":                  "1fec8e78-bce4-4aaf-ab1b-5451cc387264",
  "Microsoft Authentication Broker":  "29d9ed98-a469-4536-ade2-f981bc1d605e",
  "Office 365 Exchange Online":       "00000002-0000-0ff1-ce00-000000000000",
  "Office 365 SharePoint Online":     "00000003-0000-0ff1-ce00-000000000000",
  "OfficeHome":                       "4765445b-32c6-49b0-83e6-1d93765276ca",
  "Microsoft Graph":                  "00000003-0000-0000-c000-000000000000",
};

/** What sign-in logs say of an error code. */
// oxfmt-ignore
export const signInErrors: Readonly<Record<number, string>> = {
  0:     "",
  50034: "The user account does not exist in the directory.",
  50053: "The account is locked because of too many attempts to sign in.",
  50055: "The password is expired.",
  50057: "The user account is disabled.",
  50074: "Strong authentication is required.",
  50076: "Multi-factor authentication is required.",
  50126: "Invalid username or password.",
  50140: "Sign-in was interrupted to ask whether to stay signed in.",
  53003: "Access was blocked by conditional access.",
  500121: "Authentication failed during the strong authentication request.",
};
