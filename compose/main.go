// Reads compose.yaml as Docker Compose does, by the same library: schema, interpolation, types, and the references between
// services, networks, volumes and configs. Prints what it found, or why it cannot be started.
//
//	compose FILE ENVIRONMENT
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: compose FILE ENVIRONMENT"))
	}
	// Of the machine's own variables none counts: what the file needs has to be in the environment file.
	options, err := cli.NewProjectOptions([]string{os.Args[1]},
		cli.WithEnvFiles(os.Args[2]),
		cli.WithDotEnv,
		cli.WithProfiles([]string{"*"}))
	if err != nil {
		fail(err)
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		fail(err)
	}
	for name, config := range project.Configs {
		if config.Content == "" && config.File == "" {
			fail(fmt.Errorf("config %s is empty", name))
		}
	}
	for _, name := range project.ServiceNames() {
		service := project.Services[name]
		for _, volume := range service.Volumes {
			// What Docker mounts from the repository has to be there, or it makes an empty folder of that name.
			if volume.Type == "bind" && !strings.HasPrefix(volume.Source, "/var/lib/docker/") {
				if _, err := os.Stat(volume.Source); err != nil {
					fail(fmt.Errorf("%s mounts what is not there: %w", service.Name, err))
				}
			}
		}
		fmt.Printf("  %-22s %s\n", service.Name, service.Image)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "compose:", err)
	os.Exit(1)
}
