/**
 * Every name that package.json and the code share, typed in one place so that none can be forgotten or mistyped: a test compares these
 * lists with the manifest, both ways.
 */

export const commandIds = [
  'syscape.traceActiveFile',
  'syscape.traceFile',
  'syscape.traceProgram',
  'syscape.traceAgain',
  'syscape.traceAgainWithSourceLines',
  'syscape.traceAgainWithoutSourceLines',
  'syscape.locateInSource',
  'syscape.showLineInTimeline',
  'syscape.toggleLineAnnotations',
  'syscape.stop',
  'syscape.openTimelineInEditor',
  'syscape.openTrace',
  'syscape.showTrace',
  'syscape.renameTrace',
  'syscape.deleteTrace',
  'syscape.exportTrace',
  'syscape.revealInTimeline',
  'syscape.showOnlySubtree',
  'syscape.showAllProcesses',
  'syscape.goToFork',
  'syscape.copyPid',
  'syscape.showFinding',
  'syscape.openFindingLine',
  'syscape.fixFinding',
  'syscape.explainFinding',
  'syscape.ignoreFinding',
  'syscape.switchOffRule',
  'syscape.insertSnippet',
  'syscape.previewSnippet',
  'syscape.traceSnippetExample',
  'syscape.searchSnippets',
  'syscape.clearSnippetSearch',
  'syscape.addMissingIncludes',
  'syscape.installStrace',
  'syscape.showLog',
] as const;
export type CommandId = (typeof commandIds)[number];

export const contextKeys = [
  /** Something is being traced (or compiled to be). */
  'syscape.tracing',
  /** There is a trace to look at. */
  'syscape.hasTrace',
  'syscape.canTraceAgain',
  /** The trace that is shown was recorded with stacks. */
  'syscape.hasSourceLines',
  /** The active trace's calls are written at the ends of the lines that made them. */
  'syscape.hasLineCalls',
  /** The program of the trace that is shown can be run again to find lines. */
  'syscape.canLocate',
  'syscape.straceMissing',
  /** The Snippets view shows what a search found only. */
  'syscape.snippetsFiltered',
  /** The views show one process and its descendants only. */
  'syscape.subtreeOnly',
] as const;
export type ContextKey = (typeof contextKeys)[number];

export const settingIds = [
  'syscape.stracePath',
  'syscape.compilerPath',
  'syscape.compilerFlags',
  'syscape.libraries',
  'syscape.environment',
  'syscape.syscalls',
  'syscape.sourceLines',
  'syscape.sourceMap',
  'syscape.stringLimit',
  'syscape.stopGraceMs',
  'syscape.showOnTrace',
  'syscape.traceOnOpen',
  'syscape.findings.zombieMs',
  'syscape.findings.orphanMs',
  'syscape.findings.severity',
  'syscape.addIncludes',
] as const;
export type SettingId = (typeof settingIds)[number];

export const viewIds = [
  'syscape.processes',
  'syscape.findings',
  'syscape.traces',
  'syscape.snippets',
  'syscape.timeline',
] as const;
export type ViewId = (typeof viewIds)[number];

export const customEditorIds = ['syscape.trace'] as const;

/** Type of the tasks in whose terminals traced programs run. */
export const taskType = 'syscape';
