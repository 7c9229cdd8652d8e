import type { Problem, RefusalCode } from "./wire";

/** A clear no from the platform, or `unreachable` when it could not be asked. */
export class Refused extends Error {
  constructor(
    readonly code: RefusalCode | "unreachable",
    readonly detail: string,
    readonly requestId: string | null = null,
  ) {
    super(detail);
  }
}

const UNREACHABLE = "The platform cannot be reached. Check your connection and try again.";

export function get<Answer>(path: string): Promise<Answer> {
  return ask<Answer>("GET", path);
}

export function post<Answer = void>(path: string, body: object = {}): Promise<Answer> {
  return ask<Answer>("POST", path, body);
}

export function put<Answer = void>(path: string, body: object): Promise<Answer> {
  return ask<Answer>("PUT", path, body);
}

export function patch<Answer = void>(path: string, body: object): Promise<Answer> {
  return ask<Answer>("PATCH", path, body);
}

export function remove<Answer = void>(path: string): Promise<Answer> {
  return ask<Answer>("DELETE", path);
}

/** What to tell a person about an error, in one sentence. */
export function sentence(error: unknown): string {
  return error instanceof Refused ? error.detail : "Something broke on our side. Try again.";
}

/** Send a file as it is. */
export function putFile<Answer = void>(path: string, file: Blob): Promise<Answer> {
  return ask<Answer>("PUT", path, file);
}

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const isFile = body instanceof Blob;
  const answer = await fetch(path, {
    method,
    credentials: "same-origin",
    headers: body ? { "content-type": isFile ? body.type : "application/json" } : {},
    body: isFile ? body : body && JSON.stringify(body),
  }).catch(() => {
    throw new Refused("unreachable", UNREACHABLE);
  });
  if (!answer.ok) throw await refusal(answer);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

async function refusal(answer: Response): Promise<Refused> {
  const problem = (await answer.json().catch(() => null)) as Problem | null;
  if (!problem?.code) return new Refused("unreachable", UNREACHABLE);
  return new Refused(problem.code as RefusalCode, problem.detail, problem.request_id);
}
