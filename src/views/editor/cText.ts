/** C and C++ text without a parser: what is not code becomes spaces of the same length; line ends stay. Pure. */

const commentOrLiteral =
  /\/\*[^]*?(?:\*\/|(?![^]))|\/\/(?:\\\r?\n|[^\n])*|\bR"([^\s()\\]{0,16})\([^]*?\)\1"|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?/;
const directive =
  /^[ \t]*#[ \t]*if[ \t]+0\b[^]*?^[ \t]*#[ \t]*(?:endif|else|elif)\b.*|^[ \t]*#(?:\\\r?\n|\/\*[^]*?\*\/|[^\n])*/;
const comments = new RegExp(commentOrLiteral.source, 'gm');
const notCode = new RegExp(`${commentOrLiteral.source}|${directive.source}`, 'gm');

/** Without comments, literals and directives. */
export function onlyCode(source: string): string {
  return source.replace(notCode, blanked);
}

/** Without comments and literals; the names of headers in angle brackets stay. */
export function withoutComments(source: string): string {
  return source.replace(comments, blanked);
}

const blanked = (text: string): string => text.replace(/[^\n]/g, ' ');
