/** A piece of a message. Content is never HTML: each piece becomes a text node. */
export interface Piece {
  readonly kind: "text" | "link" | "code" | "block";
  readonly text: string;
}

const PIECES = /```(?:[\w+-]*\n)?([\s\S]+?)```|`([^`\n]+)`|(https?:\/\/[^\s<>"'`]+)/g;
const TRAILING = /[.,:;!?»”’*_]+$/;

/** Splits a message into text, links (http and https), `code` and ``` blocks, in order. */
export function pieces(content: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  const plain = (to: number) => {
    if (to > from) found.push({ kind: "text", text: content.slice(from, to) });
  };
  for (const match of content.matchAll(PIECES)) {
    plain(match.index);
    const [whole, block, code, address] = match;
    const link = address ? trimmed(address) : "";
    if (block) found.push({ kind: "block", text: block.replace(/\n$/, "") });
    else if (code) found.push({ kind: "code", text: code });
    else found.push({ kind: "link", text: link });
    from = match.index + (address ? link.length : whole.length);
    if (block && content[from] === "\n") from += 1;
  }
  plain(content.length);
  return found;
}

function trimmed(address: string): string {
  const bare = address.replace(TRAILING, "");
  const open = bare.split("(").length;
  return bare.endsWith(")") && bare.split(")").length > open ? trimmed(bare.slice(0, -1)) : bare;
}
