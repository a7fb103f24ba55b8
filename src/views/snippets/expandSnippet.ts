/**
 * Expands a snippet body as VS Code does when it is inserted and nothing is typed: placeholders become their defaults, choices their
 * first option (or the one asked for), tab stops of the same number the same text, and lines after the first get the indentation of the
 * line where the snippet is inserted. Knows the part of the syntax that our snippets use and throws at anything else. Pure.
 */

type Part = string | { stop: number; default: Part[] | undefined; options: string[] };

export interface Choice {
  stop: number;
  options: string[];
}

/** The places where an option has to be chosen, in the order of their tab stops. */
export function choicesIn(body: readonly string[]): Choice[] {
  const found: Choice[] = [];
  visit(parse(body.join('\n')), part => {
    if (part.options.length > 0) found.push({ stop: part.stop, options: part.options });
  });
  return found.sort((a, b) => a.stop - b.stop);
}

/** Numbers of the tab stops in the order in which their first appearance stands in the text. */
export function stopsInReadingOrder(body: readonly string[]): number[] {
  const stops: number[] = [];
  visit(parse(body.join('\n')), part => {
    if (!stops.includes(part.stop)) stops.push(part.stop);
  });
  return stops;
}

/**
 * @param chosen an option for each tab stop that should not have its first one
 * @param indentation white space at the start of the line where the snippet is inserted
 */
export function expandSnippet(body: readonly string[], chosen: ReadonlyMap<number, string>, indentation = ''): string {
  const parts = parse(body.join('\n'));
  const definitions = new Map<number, Part[]>();
  visit(parts, part => {
    const option = chosen.get(part.stop) ?? part.options[0];
    if (option !== undefined) definitions.set(part.stop, [option]);
    else if (part.default && !definitions.has(part.stop)) definitions.set(part.stop, part.default);
  });
  const render = (list: readonly Part[]): string =>
    list.map(part => (typeof part === 'string' ? part : render(definitions.get(part.stop) ?? []))).join('');
  return render(parts).replaceAll('\n', `\n${indentation}`);
}

function visit(parts: readonly Part[], see: (part: Exclude<Part, string>) => void): void {
  for (const part of parts) {
    if (typeof part === 'string') continue;
    see(part);
    visit(part.default ?? [], see);
  }
}

function parse(text: string): Part[] {
  let at = 0;
  return parts(() => false);

  function parts(isEnd: () => boolean): Part[] {
    const list: Part[] = [];
    let plain = '';
    while (at < text.length && !isEnd()) {
      const character = text[at]!;
      if (character === '\\' && /[$}\\]/.test(text[at + 1] ?? '')) {
        plain += text[at + 1];
        at += 2;
      } else if (character === '$') {
        list.push(plain, tabStop());
        plain = '';
      } else {
        plain += character;
        at++;
      }
    }
    return [...list, plain].filter(part => part !== '');
  }

  function tabStop(): Part {
    const match = /^\$(?:(\d+)|\{(\d+)([:|}]))/.exec(text.slice(at));
    if (!match) throw new Error(`Not a tab stop that is known: ${text.slice(at, at + 30)}`);
    at += match[0].length;
    const stop = Number(match[1] ?? match[2]);
    if (match[3] === '|') return { stop, default: undefined, options: options() };
    if (match[3] !== ':') return { stop, default: undefined, options: [] };
    const content = parts(() => text[at] === '}');
    if (text[at++] !== '}') throw new Error(`Placeholder ${stop} has no end`);
    return { stop, default: content, options: [] };
  }

  function options(): string[] {
    const end = text.indexOf('|}', at);
    if (end === -1) throw new Error('A choice has no end');
    const list = text.slice(at, end).match(/(?:\\.|[^,\\])+/g) ?? [];
    at = end + 2;
    return list.map(option => option.replace(/\\([,|\\])/g, '$1'));
  }
}
