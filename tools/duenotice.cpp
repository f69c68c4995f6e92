// The program: picks the subcommand and returns the exit code.
#include <cstdio>

int main() {
    std::puts("duenotice " DUENOTICE_VERSION);
    return 0;
}
