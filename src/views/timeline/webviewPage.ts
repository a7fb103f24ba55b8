/** The HTML of the timeline's page: a script, a style sheet, and a policy that lets in nothing else. */

import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** The folder that the page may read from. */
export function webviewFolder(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

export function webviewPage(webview: Webview, extensionUri: Uri, language: string): string {
  const folder = webviewFolder(extensionUri);
  const script = webview.asWebviewUri(Uri.joinPath(folder, 'timeline.js')).toString();
  const style = webview.asWebviewUri(Uri.joinPath(folder, 'timeline.css')).toString();
  const nonce = randomBytes(16).toString('base64url');
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}';`;
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Syscape</title>
</head>
<body><script nonce="${nonce}" src="${script}"></script></body>
</html>`;
}
