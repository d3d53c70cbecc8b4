// CoreDNS with only what answers for a cluster: without the clouds' own zones it compiles in a tenth of the time.
package main

import (
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"

	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/kubernetes"
	_ "github.com/coredns/coredns/plugin/template"
)

func main() {
	if err := dnsserver.SetDirectives([]string{"bind", "errors", "cache", "kubernetes", "template"}); err != nil {
		panic(err)
	}
	coremain.Run()
}
