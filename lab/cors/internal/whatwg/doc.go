// Package whatwg handles URLs, hosts and strings as the URL, HTML and Infra standards
// define them, because the Fetch standard relies on those. It knows nothing about CORS.
//
// An anchor in a comment, such as (#url-parsing), belongs to the URL standard,
// https://url.spec.whatwg.org/commit-snapshots/6ae84860d12800bcf563668e7cc821360dce6062/,
// unless the comment names HTML,
// https://html.spec.whatwg.org/commit-snapshots/508a037333d8a1806504303aeb489d931fabbef6/,
// or Infra.
package whatwg
