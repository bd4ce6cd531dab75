/** Knows the routes, to tell a wrong method from a wrong address. */
export class Routes {
  private readonly known: { pattern: RegExp; methods: Set<string> }[] = [];
  private readonly byUrl = new Map<string, Set<string>>();

  add(url: string, method: string | string[]): void {
    let methods = this.byUrl.get(url);
    if (!methods) {
      methods = new Set();
      this.byUrl.set(url, methods);
      this.known.push({ pattern: patternOf(url), methods });
    }
    for (const one of [method].flat()) methods.add(one);
  }

  /** The methods that this path takes; empty when there is no such path. */
  allowed(path: string): string[] {
    const found = this.known.filter((route) => route.pattern.test(path)).flatMap((route) => [...route.methods]);
    return [...new Set(found)].sort();
  }
}

function patternOf(url: string): RegExp {
  const source = url
    .split('/')
    .map((step) =>
      step === '*' ? '.*' : step.startsWith(':') ? '[^/]+' : step.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('/');
  return new RegExp(`^${source}$`);
}
