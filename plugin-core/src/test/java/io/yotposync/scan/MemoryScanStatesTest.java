package io.yotposync.scan;

class MemoryScanStatesTest extends ScanStatesContract {

    @Override
    protected ScanStates empty() {
        return ScanStates.inMemory();
    }
}
