import type { Clock, Columns } from "../../generate/event-rows.ts";
import type { Account } from "../../generate/incident-world.ts";
import type { StepRow } from "../step.ts";

interface Named {
  readonly name: string;
  readonly id: string;
}

/** A sign-in to a cloud application. */
export interface SignIn {
  /** Ticks relative to now. */
  readonly time: number;
  readonly account: Account;
  readonly application: Named;
  readonly resource: Named;
  readonly address: string;
  /** Two letters, or empty where it is not known. */
  readonly country: string;
  readonly city: string;
  /** 0: it went well. */
  readonly error: number;
  readonly reason: string;
  readonly isInteractive: boolean;
  readonly isMultiFactor: boolean;
  readonly risk: "none" | "low" | "medium" | "high";
  readonly userAgent: string;
  readonly client: string;
  readonly tenant: string;
  readonly correlationId: string;
  readonly requestId: string;
  readonly sessionId: string;
}

/** The sign-in as Defender's two tables and as a workspace's table has it. */
export function signInRows(signIn: SignIn, clock: Clock): readonly StepRow[] {
  const log = signIn.isInteractive ? "SigninLogs" : "AADNonInteractiveUserSignInLogs";
  return [
    { table: "AADSignInEventsBeta", row: defenderRow(signIn, clock) },
    { table: "EntraIdSignInEvents", row: defenderRow(signIn, clock), name: "entra" },
    { table: log, row: workspaceRow(signIn, clock), name: "log" },
  ];
}

const riskNumbers: Readonly<Record<SignIn["risk"], number>> = {
  none: 0,
  low: 10,
  medium: 50,
  high: 100,
};

/** The row of both of Defender's tables, which differ in columns that are empty here. */
function defenderRow(signIn: SignIn, clock: Clock): Columns {
  const { account, application, resource } = signIn;
  return {
    Timestamp: clock(signIn.time),
    Application: application.name,
    ApplicationId: application.id,
    LogonType: JSON.stringify([signIn.isInteractive ? "interactiveUser" : "nonInteractiveUser"]),
    ErrorCode: signIn.error,
    CorrelationId: signIn.correlationId,
    SessionId: signIn.sessionId,
    AccountDisplayName: account.displayName ?? account.name,
    AccountObjectId: account.objectId ?? "",
    AccountUpn: account.upn ?? "",
    IsExternalUser: 0,
    IsGuestUser: false,
    ResourceDisplayName: resource.name,
    ResourceId: resource.id,
    ResourceTenantId: signIn.tenant,
    AuthenticationRequirement: requirementOf(signIn),
    TokenIssuerType: 0,
    RiskLevelAggregated: riskNumbers[signIn.risk],
    RiskState: signIn.risk === "none" ? 0 : 4,
    UserAgent: signIn.userAgent,
    ClientAppUsed: signIn.client,
    ConditionalAccessStatus: signIn.error === 53_003 ? 1 : 2,
    IPAddress: signIn.address,
    Country: signIn.country,
    City: signIn.city,
    RequestId: signIn.requestId,
    ReportId: signIn.requestId,
  };
}

function requirementOf({ isMultiFactor }: SignIn): string {
  return isMultiFactor ? "multiFactorAuthentication" : "singleFactorAuthentication";
}

/** The row of a Sentinel workspace. What is a map in one of its two tables is text in the other. */
function workspaceRow(signIn: SignIn, clock: Clock): Columns {
  const { account, application, resource, isInteractive } = signIn;
  const place = { city: signIn.city, countryOrRegion: signIn.country };
  const status = { errorCode: signIn.error, failureReason: signIn.reason };
  const map = (value: Readonly<Record<string, string | number>>): Columns[string] =>
    isInteractive ? value : JSON.stringify(value);
  return {
    TimeGenerated: clock(signIn.time),
    CreatedDateTime: clock(signIn.time),
    Category: isInteractive ? "SignInLogs" : "NonInteractiveUserSignInLogs",
    OperationName: "Sign-in activity",
    Id: signIn.requestId,
    CorrelationId: signIn.correlationId,
    ResultType: String(signIn.error),
    ResultDescription: signIn.reason,
    Status: map(status),
    Identity: account.displayName ?? account.name,
    UserDisplayName: account.displayName ?? account.name,
    UserPrincipalName: (account.upn ?? "").toLowerCase(),
    UserId: account.objectId ?? "",
    UserType: "Member",
    AppDisplayName: application.name,
    AppId: application.id,
    ResourceDisplayName: resource.name,
    ResourceIdentity: resource.id,
    ResourceTenantId: signIn.tenant,
    HomeTenantId: signIn.tenant,
    AADTenantId: signIn.tenant,
    IPAddress: signIn.address,
    Location: signIn.country,
    LocationDetails: map(place),
    ClientAppUsed: signIn.client,
    UserAgent: signIn.userAgent,
    IsInteractive: isInteractive,
    AuthenticationRequirement: requirementOf(signIn),
    ConditionalAccessStatus: signIn.error === 53_003 ? "failure" : "notApplied",
    RiskLevelAggregated: signIn.risk,
    RiskLevelDuringSignIn: signIn.risk,
    RiskState: signIn.risk === "none" ? "none" : "atRisk",
    SessionId: signIn.sessionId,
  };
}
